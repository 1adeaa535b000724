package io.sealroom.streaming.history;

import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * All that a cluster needs to go on.
 *
 * @param parallelism of the stages
 * @param stages state of every subtask, by stage
 * @param splits positions of the partitions
 * @param inFlight what the checkpoint overtook; nothing if it was aligned
 */
record Checkpoint(
        int parallelism,
        Map<String, List<OperatorSubtaskState>> stages,
        Map<PartitionId, Position> splits,
        List<InFlight> inFlight) {}
