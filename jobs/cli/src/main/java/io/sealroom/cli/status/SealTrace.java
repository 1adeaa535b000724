package io.sealroom.cli.status;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A seal as it stands in a topic.
 *
 * @param offset its place
 * @param writtenAt time of the record in Kafka, epoch milliseconds; the writer's clock, or the
 *     broker's if the topic says so
 * @param to end of its last slice, exclusive
 * @param genuine whether the partner signed it for this partition, and it would be valid behind the
 *     records that it states
 */
record SealTrace(long offset, long writtenAt, long to, boolean genuine) {

    /** Nothing for a record that is no seal. */
    static Optional<SealTrace> of(ConsumerRecord<byte[], byte[]> record, SealRules rules) {
        byte[] value = record.value();
        if (value == null || !Codecs.SEAL.matches(value)) {
            return Optional.empty();
        }
        return Codecs.SEAL
                .decode(value)
                .toOptional()
                .map(
                        seal ->
                                new SealTrace(
                                        record.offset(),
                                        record.timestamp(),
                                        seal.to(),
                                        rules.refusal(seal, stated(seal)).isEmpty()));
    }

    /** The records before it, as the seal itself has them. */
    private static PartitionProgress stated(Seal seal) {
        return new PartitionProgress(seal.from(), new ChainHead(seal.count(), seal.head()));
    }
}
