package io.sealroom.local.parts;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and controller inside this JVM, on free ports of the loopback address; up in about
 * two seconds.
 *
 * <p>A broker started again on the directory of a closed one has its topics, records, transactions
 * and, if they are still free, its ports. Limits: one copy of everything, no authentication; when
 * its directory breaks under it, Kafka ends the JVM.
 */
public final class LocalKafka implements KafkaBroker {

    private final LocalKafkaConfig config;
    private final KafkaRaftServer server;
    private final boolean temporary;
    private final Path directory;
    private boolean closed;

    private LocalKafka(Path directory, boolean temporary) throws IOException {
        this.directory = directory;
        this.temporary = temporary;
        config = LocalKafkaConfig.forDirectory(directory);
        format(config.logDirectory());
        server = new KafkaRaftServer(new KafkaConfig(config.serverProperties()), Time.SYSTEM);
        server.startup();
    }

    /** Starts a broker in a new temporary directory, which {@link #close} deletes. */
    public static LocalKafka start() throws IOException {
        return new LocalKafka(Files.createTempDirectory("sealroom-kafka"), true);
    }

    /**
     * Starts a broker in this directory, made if missing, and keeps the directory; used again, it
     * keeps the data.
     */
    public static LocalKafka start(Path directory) throws IOException {
        return new LocalKafka(directory.toAbsolutePath(), false);
    }

    @Override
    public String bootstrapServers() {
        return config.bootstrapServers();
    }

    /** Where the broker keeps its data. */
    public Path directory() {
        return directory;
    }

    @Override
    public void createTopic(String name, int partitions, Map<String, String> configs)
            throws IOException {
        TopicCreation.createTopic(bootstrapServers(), name, partitions, configs);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            deleteRecursively(directory);
        }
    }

    private static void format(Path logDirectory) throws IOException {
        if (Files.exists(logDirectory.resolve("meta.properties"))) {
            return;
        }
        Formatter formatter =
                new Formatter()
                        .setPrintStream(
                                new PrintStream(
                                        OutputStream.nullOutputStream(),
                                        false,
                                        StandardCharsets.UTF_8))
                        .setNodeId(LocalKafkaConfig.NODE_ID)
                        .setClusterId(Uuid.randomUuid().toString())
                        .addDirectory(logDirectory.toString())
                        .setMetadataLogDirectory(logDirectory.toString())
                        .setControllerListenerName(LocalKafkaConfig.CONTROLLER_LISTENER)
                        .setReleaseVersion(MetadataVersion.latestProduction());
        try {
            formatter.run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the broker's directory cannot be formatted: " + logDirectory, e);
        }
    }

    private static void deleteRecursively(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // Left to the system's own cleaning of its temporary directory: nobody waits for it.
            directory.toFile().deleteOnExit();
        }
    }
}
