package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A partition of an events topic and how far it has been taken.
 *
 * @param kafka where to go on reading
 * @param progress after the record before that offset
 */
public record SealedSplit(KafkaPartitionSplit kafka, PartitionProgress progress)
        implements SourceSplit {

    /** The Kafka split's id: alignment pauses and resumes splits by it. */
    @Override
    public String splitId() {
        return kafka.splitId();
    }
}
