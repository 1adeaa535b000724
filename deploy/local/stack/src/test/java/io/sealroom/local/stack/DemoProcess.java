package io.sealroom.local.stack;

import io.sealroom.local.parts.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A demo as a process of its own, with every process that it ever started. */
final class DemoProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Map<Long, ProcessHandle> started = new LinkedHashMap<>();
    private final Thread reader;

    private DemoProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "demo-output");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    static DemoProcess start(Path run, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-Dsealroom.run=" + run,
                                "-Dlog4j2.configurationFile=log4j2-demo.xml",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.sealroom.local.stack.Demo",
                                "--run",
                                run.toString()));
        command.addAll(List.of(arguments));
        return new DemoProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException closed) {
            output.add("output ended");
        }
    }

    /** Waits until it has printed something, remembering its children meanwhile. */
    void awaitOutput(String text) {
        Await.until(
                "the demo to print '" + text + "'",
                DEADLINE,
                () -> {
                    remember();
                    return output().contains(text) || !process.isAlive();
                });
        if (!output().contains(text)) {
            throw new IllegalStateException("the demo ended early; it printed:\n" + output());
        }
    }

    /** Its exit code, once it has ended. */
    int awaitExit() {
        Await.until(
                "the demo to end",
                DEADLINE,
                () -> {
                    remember();
                    return !process.isAlive();
                });
        try {
            reader.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    /** What Ctrl-C does. */
    void interrupt() throws IOException {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A running child whose command line holds the text. */
    ProcessHandle child(String text) {
        remember();
        return started.values().stream()
                .filter(ProcessHandle::isAlive)
                .filter(handle -> commandLine(handle).contains(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no child runs " + text));
    }

    /** Everything that it started and that still runs. */
    Collection<ProcessHandle> survivors() {
        return started.values().stream().filter(ProcessHandle::isAlive).toList();
    }

    int childrenSeen() {
        return started.size();
    }

    String output() {
        return String.join("\n", output);
    }

    private void remember() {
        process.descendants().forEach(handle -> started.put(handle.pid(), handle));
    }

    /** Whole: the JDK's own answer ends with the first page, which a class path fills. */
    private static String commandLine(ProcessHandle handle) {
        try {
            Path file = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
            return Files.readString(file, StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
