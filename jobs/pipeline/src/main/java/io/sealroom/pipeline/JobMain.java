package io.sealroom.pipeline;

import picocli.CommandLine;

/**
 * How a job's main answers its caller, Flink's client or its REST API: by an exception, never by
 * ending the JVM.
 */
final class JobMain {

    private JobMain() {}

    /**
     * Runs a job's command.
     *
     * @throws IllegalArgumentException if the arguments or the files they name cannot be used
     */
    static void run(CommandLine command, String[] arguments) throws Exception {
        Exception[] failure = new Exception[1];
        command.setParameterExceptionHandler(
                (exception, rest) -> {
                    failure[0] = new IllegalArgumentException(exception.getMessage());
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                });
        command.setExecutionExceptionHandler(
                (exception, line, result) -> {
                    failure[0] = exception;
                    return command.getCommandSpec().exitCodeOnExecutionException();
                });
        command.execute(arguments);
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
