package io.sealroom.cli.audit;

import io.sealroom.cli.kafka.CommittedTopics;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events topics against copies of them on another cluster: the n-th record of a partition
 * against the n-th of its copy, since offsets of copies may differ. A copy that ends before its
 * topic has not caught up, which is no difference; the other way round a record is missing.
 */
final class CopyComparison {

    private final Policy policy;
    private final CommittedTopics log;
    private final CommittedTopics copy;

    CopyComparison(Policy policy, CommittedTopics log, CommittedTopics copy) {
        this.policy = policy;
        this.log = log;
        this.copy = copy;
    }

    /**
     * The first record of a partition that is another one than in the copy, or missing.
     *
     * @param offset in the topic; null if the topic ends before
     * @param copyOffset in the copy
     */
    record Differing(String partner, int partition, @Nullable Long offset, long copyOffset) {

        OptionalLong inTopic() {
            return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
        }

        @Override
        public String toString() {
            String where = partner + ", partition " + partition;
            return offset == null
                    ? String.format(
                            "%s ends before the record at offset %d of the copy", where, copyOffset)
                    : String.format(
                            "%s, first at offset %d, which is offset %d of the copy",
                            where, offset, copyOffset);
        }
    }

    /**
     * The differences, at most one a partition.
     *
     * @throws io.sealroom.cli.UnavailableException if one of the clusters does not answer
     */
    List<Differing> differences() {
        List<Differing> differences = new ArrayList<>();
        for (Partner partner : policy.suppliers()) {
            for (int partition = 0; partition < partner.partitions(); partition++) {
                first(partner.name(), partition).ifPresent(differences::add);
            }
        }
        return differences;
    }

    private Optional<Differing> first(String partner, int partition) {
        String topic = Topics.events(policy.room(), partner);
        // The copy first: what it holds by then, the topic holds too.
        Iterator<ConsumerRecord<byte[], byte[]>> copied = copy.records(topic, partition);
        Iterator<ConsumerRecord<byte[], byte[]>> records = log.records(topic, partition);
        while (copied.hasNext()) {
            ConsumerRecord<byte[], byte[]> expected = copied.next();
            if (!records.hasNext()) {
                return Optional.of(new Differing(partner, partition, null, expected.offset()));
            }
            ConsumerRecord<byte[], byte[]> found = records.next();
            if (!Arrays.equals(expected.value(), found.value())) {
                return Optional.of(
                        new Differing(partner, partition, found.offset(), expected.offset()));
            }
        }
        return Optional.empty();
    }
}
