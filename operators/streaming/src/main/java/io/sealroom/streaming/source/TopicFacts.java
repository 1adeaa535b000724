package io.sealroom.streaming.source;

import java.util.List;

/**
 * What Kafka says about a topic.
 *
 * @param cleanupPolicy value of cleanup.policy
 * @param retentionMillis value of retention.ms; -1 for ever
 * @param retentionBytes value of retention.bytes; -1 without bound
 * @param compression value of compression.type
 * @param messageBytesMax value of max.message.bytes
 * @param beginnings offset of the first record kept, by partition
 * @param ends offset after the last committed record, by partition
 */
record TopicFacts(
        String cleanupPolicy,
        long retentionMillis,
        long retentionBytes,
        String compression,
        int messageBytesMax,
        List<Long> beginnings,
        List<Long> ends) {

    TopicFacts {
        beginnings = List.copyOf(beginnings);
        ends = List.copyOf(ends);
    }

    int partitions() {
        return ends.size();
    }
}
