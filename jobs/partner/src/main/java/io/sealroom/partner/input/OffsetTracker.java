package io.sealroom.partner.input;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets may be committed: of each partition the lowest that is begun and not finished, or
 * the one after the last if all are. Holds what is in flight and no more. Safe for use by several
 * threads.
 *
 * <p>Why not the highest finished:
 *
 * <ol>
 *   <li>Records 5 and 6 are sent; 6 is acknowledged first, and 7 is committed.
 *   <li>The process dies before 5 is acknowledged.
 *   <li>The next one starts at 7, and 5 is lost.
 * </ol>
 */
final class OffsetTracker {

    private final Map<TopicPartition, Progress> partitions = new HashMap<>();
    private long inFlight;

    /** One record under way; of no effect once its partition has been given up. */
    static final class Ticket {

        private final Progress progress;
        private final long offset;
        private boolean finished;

        private Ticket(Progress progress, long offset) {
            this.progress = progress;
            this.offset = offset;
        }
    }

    /** One partition, from its assignment to its revocation. */
    private static final class Progress {

        /** In rising order; finished ones leave from the front. */
        private final Deque<Ticket> underWay = new ArrayDeque<>();

        private long next;
        private long committed;
        private boolean given = true;

        private long committable() {
            return underWay.isEmpty() ? next : underWay.getFirst().offset;
        }
    }

    /**
     * A record was read. Offsets of a partition rise; there may be gaps.
     *
     * @throws IllegalArgumentException if the offset is not above the last
     */
    synchronized Ticket begin(TopicPartition partition, long offset) {
        Progress progress =
                partitions.computeIfAbsent(
                        partition,
                        p -> {
                            Progress fresh = new Progress();
                            fresh.next = offset;
                            fresh.committed = offset;
                            return fresh;
                        });
        if (offset < progress.next) {
            throw new IllegalArgumentException(
                    String.format("offset must be at least %d, got %d", progress.next, offset));
        }
        Ticket ticket = new Ticket(progress, offset);
        progress.underWay.addLast(ticket);
        progress.next = offset + 1;
        inFlight++;
        return ticket;
    }

    /** Whether the record's partition is still ours. */
    synchronized boolean isOurs(Ticket ticket) {
        return ticket.progress.given;
    }

    /** The record need never be read again. */
    synchronized void finish(Ticket ticket) {
        if (ticket.finished || !ticket.progress.given) {
            return;
        }
        ticket.finished = true;
        inFlight--;
        Deque<Ticket> underWay = ticket.progress.underWay;
        while (!underWay.isEmpty() && underWay.getFirst().finished) {
            underWay.removeFirst();
        }
    }

    /** Offsets to commit, of the partitions where they have moved since {@link #committed}. */
    synchronized Map<TopicPartition, Long> committable() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(
                (partition, progress) -> {
                    if (progress.committable() > progress.committed) {
                        offsets.put(partition, progress.committable());
                    }
                });
        return offsets;
    }

    /** These offsets are in Kafka. */
    synchronized void committed(Map<TopicPartition, Long> offsets) {
        offsets.forEach(
                (partition, offset) -> {
                    Progress progress = partitions.get(partition);
                    if (progress != null) {
                        progress.committed = Math.max(progress.committed, offset);
                    }
                });
    }

    /** The partitions are somebody else's now: what is under way there no longer counts. */
    synchronized void giveUp(Collection<TopicPartition> revoked) {
        for (TopicPartition partition : revoked) {
            Progress progress = partitions.remove(partition);
            if (progress != null) {
                progress.given = false;
                inFlight -= progress.underWay.stream().filter(t -> !t.finished).count();
                progress.underWay.clear();
            }
        }
    }

    /** Records begun and not finished, of all partitions that are ours. */
    synchronized long inFlight() {
        return inFlight;
    }
}
