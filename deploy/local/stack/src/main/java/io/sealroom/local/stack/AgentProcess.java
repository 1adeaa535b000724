package io.sealroom.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A partner's agent as a process of its own; it ends with this one, since it watches its standard
 * input.
 */
public final class AgentProcess implements AutoCloseable {

    /** Name of the file of what became no event, in an agent's directory. */
    public static final String REJECTS = "rejects.csv";

    private final String partner;
    private final JavaProcess process;

    private AgentProcess(String partner, JavaProcess process) {
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
        List<String> files =
                List.of(
                        "--input",
                        input.toString(),
                        "--rejects",
                        directory.resolve(REJECTS).toString());
        return start(room, kafka, partner, files, directory, progress);
    }

    /**
     * Starts an agent of a live room that reads a raw topic and seals by the clock.
     *
     * @param options where it reads and how it asks for tokens, as on its command line
     * @param directory for its state, rejects and log
     * @param progress gets each line that it prints
     */
    public static AgentProcess live(
            LocalRoom room,
            String kafka,
            String partner,
            List<String> options,
            Path directory,
            Consumer<String> progress)
            throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--rejects", directory.resolve(REJECTS).toString()));
        return start(room, kafka, partner, all, directory, progress);
    }

    /**
     * Starts the agent of a partner that only evaluates.
     *
     * @param directory for its state and log
     * @param progress gets each line that it prints
     */
    public static AgentProcess evaluator(
            LocalRoom room, String kafka, String partner, Path directory, Consumer<String> progress)
            throws IOException {
        return start(room, kafka, partner, List.of(), directory, progress);
    }

    private static AgentProcess start(
            LocalRoom room,
            String kafka,
            String partner,
            List<String> files,
            Path directory,
            Consumer<String> progress)
            throws IOException {
        Files.createDirectories(directory);
        List<String> main = new ArrayList<>(List.of("io.sealroom.partner.PartnerAgent"));
        main.addAll(List.of("--policy", room.policyFile().toString()));
        main.addAll(List.of("--room", room.roomFile().toString()));
        main.addAll(List.of("--keys", room.partnerKeys(partner).toString()));
        main.addAll(List.of("--seed", room.partnerSeed(partner).toString()));
        main.addAll(List.of("--chain", room.rpcUrl()));
        main.addAll(List.of("--kafka", kafka, "--partner", partner));
        main.addAll(files);
        main.addAll(List.of("--state", directory.resolve("state").toString()));
        main.addAll(List.of("--stay", "--stop-on-stdin-close"));
        return new AgentProcess(
                partner,
                JavaProcess.start(
                        List.of("-Xmx512m", "-XX:+UseSerialGC"),
                        main,
                        directory.resolve("agent.log"),
                        progress));
    }

    public String partner() {
        return partner;
    }

    /** Its exit code, or -1 while it runs. */
    public int exitCode() {
        return process.exitCode();
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    /** Asks it to end and makes it end if it does not. */
    @Override
    public void close() {
        process.close();
    }
}
