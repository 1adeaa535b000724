package io.sealroom.partner.input;

import io.sealroom.partner.exit.AgentException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens when partitions of a raw topic come and go. */
final class GroupMembership implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMembership.class);

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetTracker tracker;
    private final OffsetCommits commits;
    private final Runnable givenUp;

    /**
     * @param givenUp runs when partitions have been given up
     */
    GroupMembership(
            Consumer<byte[], byte[]> consumer,
            OffsetTracker tracker,
            OffsetCommits commits,
            Runnable givenUp) {
        this.consumer = consumer;
        this.tracker = tracker;
        this.commits = commits;
        this.givenUp = givenUp;
    }

    /** From the beginning the first time only: a position that is gone later is a loss. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                consumer.committed(new HashSet<>(assigned));
        List<TopicPartition> fresh =
                assigned.stream().filter(partition -> committed.get(partition) == null).toList();
        if (!fresh.isEmpty()) {
            consumer.seekToBeginning(fresh);
        }
    }

    /** What is not finished is read again by whoever gets the partition. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        try {
            commits.commit();
        } catch (AgentException | KafkaException e) {
            // The next owner begins a little earlier.
            LOG.warn("offsets were not committed before partitions went", e);
        }
        giveUp(revoked);
    }

    /** Somebody else may have them already: nothing is committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        giveUp(lost);
    }

    private void giveUp(Collection<TopicPartition> partitions) {
        tracker.giveUp(partitions);
        givenUp.run();
    }
}
