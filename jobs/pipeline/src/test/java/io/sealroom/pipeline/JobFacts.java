package io.sealroom.pipeline;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** What Flink says of a running job. */
final class JobFacts {

    private final MiniCluster cluster;
    private final JobID job;

    JobFacts(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** Path of the newest checkpoint, if it holds records that were in flight. */
    Optional<String> lastInFlight() {
        CompletedCheckpointStats newest = checkpoints().getHistory().getLatestCompletedCheckpoint();
        return Optional.ofNullable(newest)
                .filter(stats -> stats.getPersistedData() > 0)
                .map(CompletedCheckpointStats::getExternalPath);
    }

    /** Bytes of state in the newest checkpoint; 0 before the first. */
    long stateSize() {
        CompletedCheckpointStats newest = checkpoints().getHistory().getLatestCompletedCheckpoint();
        return newest == null ? 0 : newest.getStateSize();
    }

    long completedCount() {
        return checkpoints().getCounts().getNumberOfCompletedCheckpoints();
    }

    long restoredCount() {
        return checkpoints().getCounts().getNumberOfRestoredCheckpoints();
    }

    /** How often its tasks have been started again, the least of them. */
    int restarts() {
        int least = Integer.MAX_VALUE;
        for (AccessExecutionVertex vertex : graph().getAllExecutionVertices()) {
            least = Math.min(least, vertex.getCurrentExecutionAttempt().getAttemptNumber());
        }
        return least;
    }

    boolean isRunning() {
        for (AccessExecutionVertex vertex : graph().getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    private CheckpointStatsSnapshot checkpoints() {
        CheckpointStatsSnapshot snapshot = graph().getCheckpointStatsSnapshot();
        if (snapshot == null) {
            throw new IllegalStateException("the job takes no checkpoints");
        }
        return snapshot;
    }

    private AccessExecutionGraph graph() {
        try {
            return cluster.getExecutionGraph(job).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the cluster does not answer", e);
        }
    }
}
