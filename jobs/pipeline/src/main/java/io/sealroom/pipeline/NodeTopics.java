package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.ReleaseRecord;
import io.sealroom.streaming.publish.SignatureRecord;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

/** Sinks to a node's own topics, and to the one that nodes share. */
final class NodeTopics {

    /** Longer than any restart should take, shorter than the broker's usual bound of 15 minutes. */
    private static final String TRANSACTION_TIMEOUT_MILLIS = "600000";

    private final NodeSettings settings;
    private final String room;

    NodeTopics(NodeSettings settings) {
        this.settings = settings;
        this.room = settings.policy().room();
    }

    /**
     * At least once: the bytes of a window are the same each time, and the contract is idempotent.
     */
    KafkaSink<PendingRecord> pending() {
        return atLeastOnce(
                new BytesSchema<>(
                        Topics.pending(room, settings.node()),
                        PendingRecord::key,
                        PendingRecord::value));
    }

    KafkaSink<Reject> rejects() {
        return atLeastOnce(
                new BytesSchema<>(
                        Topics.rejects(room, settings.node()),
                        reject -> null,
                        reject -> Codecs.REJECT.encode(reject)));
    }

    KafkaSink<Withheld> withheld() {
        return atLeastOnce(
                new BytesSchema<>(
                        Topics.withheld(room, settings.node()),
                        withheld -> null,
                        withheld -> Codecs.WITHHELD.encode(withheld)));
    }

    /** At least once: a node's signature over a list is the same bytes each time. */
    KafkaSink<SignatureRecord> signatures() {
        return atLeastOnce(
                new BytesSchema<>(
                        Topics.signatures(room), SignatureRecord::key, SignatureRecord::value));
    }

    /** Exactly once for a reader that reads committed records. */
    KafkaSink<ReleaseRecord> releases() {
        String topic = Topics.releases(room, settings.node());
        Properties properties = new Properties();
        properties.setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
        return KafkaSink.<ReleaseRecord>builder()
                .setBootstrapServers(settings.kafka())
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(
                        new BytesSchema<>(topic, ReleaseRecord::key, ReleaseRecord::value))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
                .build();
    }

    private <T> KafkaSink<T> atLeastOnce(BytesSchema<T> schema) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(settings.kafka())
                .setRecordSerializer(schema)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }
}
