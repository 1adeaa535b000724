package io.sealroom.streaming.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** Gathers what the subtasks bring to a checkpoint. */
final class PendingCheckpoint {

    private final int parallelism;
    private final int expected;
    private final Map<String, Map<Integer, OperatorSubtaskState>> stages = new HashMap<>();
    private final Map<PartitionId, Position> splits = new HashMap<>();
    private int acknowledged;

    /**
     * @param expected subtasks that take part
     */
    PendingCheckpoint(int parallelism, int expected) {
        this.parallelism = parallelism;
        this.expected = expected;
    }

    void acknowledge(Map<PartitionId, Position> positions) {
        splits.putAll(positions);
        acknowledged++;
    }

    void acknowledge(String stage, int subtask, OperatorSubtaskState state) {
        stages.computeIfAbsent(stage, name -> new TreeMap<>()).put(subtask, state);
        acknowledged++;
    }

    boolean isComplete() {
        return acknowledged == expected;
    }

    Checkpoint complete(List<InFlight> inFlight) {
        if (!isComplete()) {
            throw new IllegalStateException("subtasks are missing from the checkpoint");
        }
        Map<String, List<OperatorSubtaskState>> states = new HashMap<>();
        stages.forEach((stage, subtasks) -> states.put(stage, new ArrayList<>(subtasks.values())));
        return new Checkpoint(parallelism, states, Map.copyOf(splits), inFlight);
    }
}
