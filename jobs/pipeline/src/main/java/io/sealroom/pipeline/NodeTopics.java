package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.ReleasesSink;
import io.sealroom.streaming.publish.SignatureRecord;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Sinks to a node's own topics, and to the one that nodes share. */
final class NodeTopics {

    private final NodeSettings settings;
    private final String room;
    private final int releaseBytesNeeded;

    NodeTopics(NodeSettings settings) {
        this.settings = settings;
        this.room = settings.policy().room();
        this.releaseBytesNeeded = Topics.releaseBytesNeeded(settings.policy());
    }

    /** The least {@code max.message.bytes} of the pending and releases topics. */
    int releaseBytesNeeded() {
        return releaseBytesNeeded;
    }

    /**
     * At least once: the bytes of a window are the same each time, and the contract is idempotent.
     */
    KafkaSink<PendingRecord> pending() {
        return atLeastOnce(
                new BytesSchema<>(
                        Topics.pending(room, settings.node()),
                        PendingRecord::key,
                        PendingRecord::value),
                Topics.releaseBytesMax(releaseBytesNeeded));
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

    /** Each release once for a reader of committed records. */
    ReleasesSink releases() {
        return new ReleasesSink(
                Topics.releases(room, settings.node()),
                Topics.releaseBytesMax(releaseBytesNeeded),
                Map.of("bootstrap.servers", settings.kafka()));
    }

    private <T> KafkaSink<T> atLeastOnce(BytesSchema<T> schema) {
        return atLeastOnce(schema, Topics.MESSAGE_BYTES_MAX);
    }

    /**
     * @param requestBytesMax what the topic takes: with Kafka's own default a release of many rows
     *     would end the job here, whatever the topic says
     */
    private <T> KafkaSink<T> atLeastOnce(BytesSchema<T> schema, int requestBytesMax) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(settings.kafka())
                .setProperty(
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(requestBytesMax))
                .setRecordSerializer(schema)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }
}
