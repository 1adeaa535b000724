package io.sealroom.streaming.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** What a checkpoint of any parallelism means to a cluster of another. */
final class Restore {

    private final @Nullable Checkpoint from;
    private final int parallelism;
    private final Map<String, OperatorSubtaskState> packed = new HashMap<>();

    /**
     * @param from null for a first start
     */
    Restore(@Nullable Checkpoint from, int parallelism) {
        this.from = from;
        this.parallelism = parallelism;
    }

    /** Gives an operator the state of its key groups. */
    void state(String stage, int subtask, OperatorInstance<?> operator) throws Exception {
        if (from == null || !from.stages().containsKey(stage)) {
            return;
        }
        OperatorSubtaskState all = packed.get(stage);
        if (all == null) {
            all =
                    AbstractStreamOperatorTestHarness.repackageState(
                            Objects.requireNonNull(from.stages().get(stage))
                                    .toArray(OperatorSubtaskState[]::new));
            packed.put(stage, all);
        }
        operator.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        all, Edge.KEY_GROUPS, from.parallelism(), parallelism, subtask));
    }

    /**
     * Puts what the checkpoint overtook into the new channels. As in Flink: the old channels of a
     * sender go round robin to the new senders; a record goes to the owner of its key, a watermark
     * to every new receiver that has a part of the old one's keys.
     */
    void inFlight(Map<String, List<Edge>> edges) {
        if (from == null) {
            return;
        }
        for (InFlight old : from.inFlight()) {
            List<Edge> senders = Objects.requireNonNull(edges.get(old.edge()));
            Edge edge = senders.get(old.from() % senders.size());
            for (int receiver = 0; receiver < parallelism; receiver++) {
                if (overlaps(old.to(), from.parallelism(), receiver)) {
                    int to = receiver;
                    edge.channels()
                            .get(receiver)
                            .recover(
                                    old.elements().stream()
                                            .filter(element -> isFor(edge, element, to))
                                            .toList());
                }
            }
        }
    }

    private boolean isFor(Edge edge, Element element, int receiver) {
        return !(element instanceof Element.Item item)
                || edge.owner(item.value(), parallelism) == receiver;
    }

    private boolean overlaps(int oldReceiver, int oldParallelism, int receiver) {
        KeyGroupRange before = range(oldParallelism, oldReceiver);
        return !before.getIntersection(range(parallelism, receiver))
                .equals(KeyGroupRange.EMPTY_KEY_GROUP_RANGE);
    }

    private static KeyGroupRange range(int parallelism, int subtask) {
        return KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                Edge.KEY_GROUPS, parallelism, subtask);
    }
}
