package io.sealroom.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A node as a process of its own, with both its jobs in it; it ends with this one, since it watches
 * its standard input.
 */
public final class NodeProcess implements AutoCloseable {

    private final String node;
    private final JavaProcess process;

    private NodeProcess(String node, JavaProcess process) {
        this.node = node;
        this.process = process;
    }

    /**
     * Starts a node that computes and publishes until it is closed.
     *
     * @param directory for its checkpoints and logs
     * @param parallelism of the computation
     * @param progress gets each line that it prints
     */
    public static NodeProcess start(
            LocalRoom room,
            LocalStack stack,
            String node,
            int parallelism,
            Path directory,
            Consumer<String> progress)
            throws IOException {
        Files.createDirectories(directory);
        List<String> main = new ArrayList<>(List.of(NodeMain.class.getName()));
        main.addAll(List.of("--policy", room.policyFile().toString()));
        main.addAll(List.of("--room", room.roomFile().toString()));
        main.addAll(List.of("--keys", room.nodeKeys(node).toString()));
        main.addAll(List.of("--kafka", stack.kafka(), "--rpc", stack.rpcUrl()));
        main.addAll(List.of("--node", node));
        main.addAll(List.of("--parallelism", Integer.toString(parallelism)));
        main.addAll(List.of("--checkpoints", directory.resolve("checkpoints").toString()));
        return new NodeProcess(
                node,
                JavaProcess.start(
                        List.of(
                                "-Xmx768m",
                                "-XX:+UseSerialGC",
                                "-Dsealroom.run=" + directory,
                                "-Dlog4j2.configurationFile=log4j2-demo.xml",
                                // Flink's own serializers look into these.
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED"),
                        main,
                        directory.resolve("node.log"),
                        progress));
    }

    public String node() {
        return node;
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
