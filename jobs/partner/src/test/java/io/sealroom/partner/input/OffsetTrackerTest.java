package io.sealroom.partner.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

    private static final TopicPartition ONE = new TopicPartition("raw", 0);
    private static final TopicPartition TWO = new TopicPartition("raw", 1);

    private final OffsetTracker tracker = new OffsetTracker();

    @Test
    void committable_laterFinishedFirst_waitsForTheEarlier() {
        OffsetTracker.Ticket five = tracker.begin(ONE, 5);
        OffsetTracker.Ticket six = tracker.begin(ONE, 6);
        tracker.finish(six);
        assertThat(tracker.committable()).isEmpty();

        tracker.finish(five);
        assertThat(tracker.committable()).isEqualTo(Map.of(ONE, 7L));
        assertThat(tracker.inFlight()).isZero();
    }

    @Test
    void committable_gapsOfTransactionsAndCompaction_areSteppedOver() {
        OffsetTracker.Ticket first = tracker.begin(ONE, 5);
        OffsetTracker.Ticket second = tracker.begin(ONE, 90);
        tracker.finish(first);
        assertThat(tracker.committable()).isEqualTo(Map.of(ONE, 90L));
        tracker.finish(second);
        assertThat(tracker.committable()).isEqualTo(Map.of(ONE, 91L));
    }

    @Test
    void committable_committed_isNotCommittedAgain() {
        tracker.finish(tracker.begin(ONE, 5));
        Map<TopicPartition, Long> offsets = tracker.committable();
        tracker.committed(offsets);
        assertThat(tracker.committable()).isEmpty();

        tracker.begin(ONE, 6);
        assertThat(tracker.committable()).isEmpty();
    }

    @Test
    void finish_afterThePartitionWasGivenUp_hasNoEffect() {
        OffsetTracker.Ticket old = tracker.begin(ONE, 5);
        OffsetTracker.Ticket other = tracker.begin(TWO, 7);
        tracker.giveUp(Set.of(ONE));
        assertThat(tracker.isOurs(old)).isFalse();
        assertThat(tracker.isOurs(other)).isTrue();
        assertThat(tracker.inFlight()).isEqualTo(1);

        OffsetTracker.Ticket again = tracker.begin(ONE, 5);
        tracker.finish(old);
        assertThat(tracker.committable()).isEmpty();
        tracker.finish(again);
        assertThat(tracker.committable()).isEqualTo(Map.of(ONE, 6L));
    }

    @Test
    void finish_twice_countsOnce() {
        OffsetTracker.Ticket ticket = tracker.begin(ONE, 5);
        tracker.begin(ONE, 6);
        tracker.finish(ticket);
        tracker.finish(ticket);
        assertThat(tracker.inFlight()).isEqualTo(1);
    }

    @Test
    void begin_offsetThatDoesNotRise_isAFault() {
        tracker.begin(ONE, 5);
        assertThatThrownBy(() -> tracker.begin(ONE, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("offset must be at least 6, got 5");
    }

    /** Against a model that remembers everything; the seed is in the failure's description. */
    @RepeatedTest(200)
    void committable_anyOrder_isWhatAModelSays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<TopicPartition, SortedSet<Long>> open = new HashMap<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        Set<Object> begun = new HashSet<>();
        List<OffsetTracker.Ticket> tickets = new ArrayList<>();
        Map<OffsetTracker.Ticket, Map.Entry<TopicPartition, Long>> meaning = new HashMap<>();
        for (int step = 0; step < 200; step++) {
            TopicPartition partition = random.nextBoolean() ? ONE : TWO;
            int action = random.nextInt(20);
            if (action < 9) {
                long offset = next.getOrDefault(partition, 100L) + random.nextInt(3);
                OffsetTracker.Ticket ticket = tracker.begin(partition, offset);
                tickets.add(ticket);
                meaning.put(ticket, Map.entry(partition, offset));
                open.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset);
                next.put(partition, offset + 1);
                begun.add(partition);
            } else if (action < 19) {
                if (!tickets.isEmpty()) {
                    OffsetTracker.Ticket ticket = tickets.get(random.nextInt(tickets.size()));
                    boolean ours = tracker.isOurs(ticket);
                    tracker.finish(ticket);
                    if (ours) {
                        Map.Entry<TopicPartition, Long> which =
                                Objects.requireNonNull(meaning.get(ticket));
                        openOf(open, which.getKey()).remove(which.getValue());
                    }
                }
            } else {
                tracker.giveUp(Set.of(partition));
                open.remove(partition);
                begun.remove(partition);
            }
            Map<TopicPartition, Long> committable = tracker.committable();
            for (TopicPartition each : List.of(ONE, TWO)) {
                if (!begun.contains(each)) {
                    assertThat(committable).as("seed %d", seed).doesNotContainKey(each);
                } else if (committable.containsKey(each)) {
                    SortedSet<Long> opened = openOf(open, each);
                    long expected = opened.isEmpty() ? next.getOrDefault(each, 0L) : opened.first();
                    assertThat(committable.get(each)).as("seed %d", seed).isEqualTo(expected);
                }
            }
            long inFlight = open.values().stream().mapToLong(Set::size).sum();
            assertThat(tracker.inFlight()).as("seed %d", seed).isEqualTo(inFlight);
        }
    }

    private static SortedSet<Long> openOf(
            Map<TopicPartition, SortedSet<Long>> open, TopicPartition partition) {
        return open.computeIfAbsent(partition, p -> new TreeSet<>());
    }
}
