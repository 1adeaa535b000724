package io.sealroom.local.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The server properties of a {@link LocalKafka}, and the two ports it keeps in its directory.
 *
 * @param logDirectory where the broker's log and the metadata log live
 * @param brokerPort of the listener for clients, on the loopback address
 * @param controllerPort of the listener for the quorum of one, on the loopback address
 */
record LocalKafkaConfig(Path logDirectory, int brokerPort, int controllerPort) {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String HOST = "127.0.0.1";
    private static final String PORTS_FILE = "ports.properties";

    /**
     * The configuration for a directory. A directory used before keeps its ports if they are free,
     * so that clients of the earlier broker reconnect to the new one.
     */
    static LocalKafkaConfig forDirectory(Path directory) throws IOException {
        Path file = Files.createDirectories(directory).resolve(PORTS_FILE);
        Properties ports = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                ports.load(in);
            }
        }
        int broker = portOr(ports.getProperty("broker", ""), -1);
        int controller = portOr(ports.getProperty("controller", ""), broker);
        ports.setProperty("broker", Integer.toString(broker));
        ports.setProperty("controller", Integer.toString(controller));
        try (OutputStream out = Files.newOutputStream(file)) {
            ports.store(out, null);
        }
        return new LocalKafkaConfig(directory.resolve("log"), broker, controller);
    }

    private static int portOr(String recorded, int taken) {
        if (!recorded.isEmpty()) {
            int port = Integer.parseInt(recorded);
            if (Ports.isFree(port)) {
                return port;
            }
        }
        int port = Ports.free();
        while (port == taken) {
            port = Ports.free();
        }
        return port;
    }

    String bootstrapServers() {
        return HOST + ":" + brokerPort;
    }

    Properties serverProperties() {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE_ID));
        p.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        p.setProperty(
                "listeners",
                "PLAINTEXT://"
                        + bootstrapServers()
                        + ",CONTROLLER://"
                        + HOST
                        + ":"
                        + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("log.dirs", logDirectory.toString());
        p.setProperty("auto.create.topics.enable", "false");
        // As a room's topics have it: what a topic of a test says nothing about is this.
        p.setProperty("compression.type", "uncompressed");
        // Event time may stand in record timestamps: retention by age would delete at once.
        p.setProperty("log.retention.ms", "-1");
        oneCopyOfInternalTopics(p);
        fewThreadsAndLittleMemory(p);
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        // Flink asks for transactions longer than the default of 15 minutes allows.
        p.setProperty("transaction.max.timeout.ms", "3600000");
        return p;
    }

    private static void oneCopyOfInternalTopics(Properties p) {
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "1");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void fewThreadsAndLittleMemory(Properties p) {
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("num.recovery.threads.per.data.dir", "2");
        // Taken from the heap at start; the default is 128 MB.
        p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        p.setProperty("offsets.load.buffer.size", "1048576");
    }
}
