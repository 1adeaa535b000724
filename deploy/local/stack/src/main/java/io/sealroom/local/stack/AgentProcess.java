package io.sealroom.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A partner's agent as a process of its own; it ends with this one, since it watches its standard
 * input.
 */
public final class AgentProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 15;

    private final String partner;
    private final Process process;

    private AgentProcess(String partner, Process process) {
        this.partner = partner;
        this.process = process;
    }

    /**
     * Starts an agent that tokenises, sends and seals its file, and then goes on answering the
     * other partners.
     *
     * @param directory for its state, rejects and log
     * @param progress gets each line that it prints
     */
    public static AgentProcess start(
            LocalRoom room,
            String kafka,
            String partner,
            Path input,
            Path directory,
            Consumer<String> progress)
            throws IOException {
        Files.createDirectories(directory);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.sealroom.partner.PartnerAgent"));
        command.addAll(List.of("--policy", room.policyFile().toString()));
        command.addAll(List.of("--room", room.roomFile().toString()));
        command.addAll(List.of("--keys", room.partnerKeys(partner).toString()));
        command.addAll(List.of("--kafka", kafka, "--partner", partner));
        command.addAll(List.of("--input", input.toString()));
        command.addAll(List.of("--rejects", directory.resolve("rejects.csv").toString()));
        command.addAll(List.of("--state", directory.resolve("state").toString()));
        command.addAll(List.of("--stay", "--stop-on-stdin-close"));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(directory.resolve("agent.log").toFile())
                        .start();
        Thread reader = new Thread(() -> forward(process, progress), "agent-output-" + partner);
        reader.setDaemon(true);
        reader.start();
        return new AgentProcess(partner, process);
    }

    private static void forward(Process process, Consumer<String> progress) {
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progress.accept(line);
            }
        } catch (IOException closed) {
            progress.accept("agent output ended");
        }
    }

    public String partner() {
        return partner;
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
