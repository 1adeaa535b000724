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

    private static final int POLL_RECORDS_MAX = 500;

    private RawTopicClients() {}

    /** Commits nothing by itself, and tells when a position is gone. */
    public static Consumer<byte[], byte[]> consumer(InputConfig.Topic topic) {
        Map<String, Object> config = new HashMap<>();
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
