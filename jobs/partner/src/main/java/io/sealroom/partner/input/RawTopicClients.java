package io.sealroom.partner.input;

import io.sealroom.partner.config.InputConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes consumers of a partner's own cluster. */
public final class RawTopicClients {

    /** Names the agent in the topic's consumer group; the group names the partner. */
    private static final String MEMBER = "sealroom-agent";

    private static final int POLL_RECORDS_MAX = 500;

    private RawTopicClients() {}

    /** Commits nothing by itself, and tells when a position is gone. */
    public static Consumer<byte[], byte[]> consumer(InputConfig.Topic topic) {
        return consumer(topic, new HashMap<>());
    }

    /**
     * As {@link #consumer(InputConfig.Topic)}, a member of the group that keeps its place. An agent
     * that was killed gets its partitions back as soon as it is there again. Without a name it
     * would have to wait until the group misses the dead one, most of a minute, and by then have
     * sealed slices whose events it could not read yet.
     */
    public static Consumer<byte[], byte[]> agent(InputConfig.Topic topic) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, MEMBER);
        return consumer(topic, config);
    }

    private static Consumer<byte[], byte[]> consumer(
            InputConfig.Topic topic, Map<String, Object> config) {
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
        config.putAll(topic.cluster().settings());
        config.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, topic.cluster().bootstrapServers());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, topic.group());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
