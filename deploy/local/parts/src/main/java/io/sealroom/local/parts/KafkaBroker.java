package io.sealroom.local.parts;

import java.io.IOException;
import java.util.Map;

/** A running Kafka of one broker, with transactions, that creates no topic by itself. */
public interface KafkaBroker extends AutoCloseable {

    /** The value for {@code bootstrap.servers}: one {@code host:port}. */
    String bootstrapServers();

    /**
     * Creates a topic with one copy and returns when every partition has a leader, so that a
     * client's first request does not run into a topic still unknown.
     *
     * @param configs topic-level settings, such as {@code retention.ms}; may be empty
     * @throws IOException if the broker refuses, for one because the topic exists
     */
    void createTopic(String name, int partitions, Map<String, String> configs) throws IOException;

    /** Stops the broker and waits until it has; a second call does nothing. */
    @Override
    void close();
}
