package io.sealroom.local.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A main class of this class path as a process of its own. It is asked to end by the end of its
 * standard input, so that it also ends when this process is killed, if it watches that.
 */
public final class JavaProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 15;

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param jvm options of the JVM
     * @param main the class to run, with its arguments
     * @param log gets its standard error, after what is there already
     * @param progress gets each line of its standard output
     */
    public static JavaProcess start(
            List<String> jvm, List<String> main, Path log, Consumer<String> progress)
            throws IOException {
        return start(System.getProperty("java.class.path"), jvm, main, log, progress);
    }

    /**
     * Starts a main class of another class path.
     *
     * @param classPath where its classes are
     * @param jvm options of the JVM
     * @param main the class to run, with its arguments
     * @param log gets its standard error, after what is there already
     * @param progress gets each line of its standard output
     */
    public static JavaProcess start(
            String classPath,
            List<String> jvm,
            List<String> main,
            Path log,
            Consumer<String> progress)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath));
        command.addAll(main);
        // Appended to: a process that is killed and started again keeps its history.
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
        Thread reader = new Thread(() -> forward(process, progress), "output-of-" + main.get(0));
        reader.setDaemon(true);
        reader.start();
        return new JavaProcess(process);
    }

    private static void forward(Process process, Consumer<String> progress) {
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line);
            }
        } catch (IOException closed) {
            progress.accept("output ended");
        }
    }

    /** Its exit code, or -1 while it runs. */
    public int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to end and makes it end if it does not. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            process.destroy();
        }
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
