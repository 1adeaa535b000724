package io.sealroom.cli;

import io.sealroom.contracts.WrongChainException;
import io.sealroom.partner.ceremony.ChargeTooHighException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** From what a command throws to a sentence on stderr and an exit code. */
final class Faults
        implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        say(command, e.getMessage());
        command.getErr().printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        command.getErr().flush();
        return ExitCodes.USAGE;
    }

    @Override
    public int handleExecutionException(
            Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        // What the policy says, and no more.
        if (e instanceof UsageException || e instanceof ChargeTooHighException) {
            say(command, e.getMessage());
            return ExitCodes.USAGE;
        }
        if (e instanceof UnavailableException) {
            say(command, e.getMessage());
            return ExitCodes.UNAVAILABLE;
        }
        // A wrong chain is told by chain ids, addresses and hashes only.
        if (e instanceof RefusedException || e instanceof WrongChainException) {
            say(command, e.getMessage());
            return ExitCodes.MISMATCH;
        }
        // The message may quote what must not be shown; the class and place are enough for a
        // report.
        StackTraceElement[] trace = e.getStackTrace();
        say(
                command,
                String.format(
                        "a fault of this program: %s at %s",
                        e.getClass().getName(), trace.length == 0 ? "an unknown place" : trace[0]));
        return ExitCodes.FAULT;
    }

    private static void say(CommandLine command, @Nullable String message) {
        PrintWriter err = command.getErr();
        err.printf("%s: %s%n", command.getCommandSpec().qualifiedName(), message);
        err.flush();
    }
}
