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

/** Sinks to a node's own topics, and to the one that nodes share. */
final class NodeTopics {

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

    /** Each release once for a reader of committed records. */
    ReleasesSink releases() {
        return new ReleasesSink(
                Topics.releases(room, settings.node()),
                Map.of("bootstrap.servers", settings.kafka()));
    }

    private <T> KafkaSink<T> atLeastOnce(BytesSchema<T> schema) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(settings.kafka())
                .setRecordSerializer(schema)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }
}
