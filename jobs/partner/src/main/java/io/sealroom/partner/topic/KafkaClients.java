package io.sealroom.partner.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of one Kafka, all with the settings that the protocol needs. */
public final class KafkaClients {

    /** How long a request may take before Kafka counts as away. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PROMPT_WAIT_MILLIS = 10;
    private static final String NONE = "none";

    private final Map<String, Object> common;

    /**
     * @param bootstrapServers one or more {@code host:port}
     * @param settings further client settings, such as those of TLS; may be empty. What the
     *     protocol needs is not theirs to change
     */
    public KafkaClients(String bootstrapServers, Map<String, String> settings) {
        this.common = new HashMap<>();
        int patience = Math.toIntExact(PATIENCE.toMillis());
        this.common.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        this.common.putAll(settings);
        this.common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    public Admin admin() {
        return Admin.create(new HashMap<>(common));
    }

    /** Idempotent: no record twice, and in the order sent, per partition. */
    public KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                producerConfig(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Transactional: a later producer of the same id fences it. */
    public KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId) {
        Map<String, Object> config = producerConfig();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads the given partitions, committed records only; its position is set by the caller. */
    public KafkaConsumer<byte[], byte[]> consumer(Collection<TopicPartition> partitions) {
        return consumer(partitions, new HashMap<>(common));
    }

    /** As {@link #consumer(Collection)}, for reading back at once what was just committed. */
    public KafkaConsumer<byte[], byte[]> promptConsumer(Collection<TopicPartition> partitions) {
        Map<String, Object> config = new HashMap<>(common);
        // The default of half a second would be waited for at every step.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, PROMPT_WAIT_MILLIS);
        return consumer(partitions, config);
    }

    /**
     * As {@link #consumer(Collection)}, able to commit its offsets under a group of its own.
     *
     * @param pollMax most records of one poll
     */
    public KafkaConsumer<byte[], byte[]> committingConsumer(
            Collection<TopicPartition> partitions, String group, int pollMax) {
        Map<String, Object> config = new HashMap<>(common);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollMax);
        return consumer(partitions, config);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(
            Collection<TopicPartition> partitions, Map<String, Object> config) {
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A position that is gone is a loss to be told, not to be skipped.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, NONE);
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
        return consumer;
    }

    private Map<String, Object> producerConfig() {
        Map<String, Object> config = new HashMap<>(common);
        config.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        return config;
    }
}
