package io.sealroom.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;

/** What a cluster may choose for a job: no choice changes a byte of its releases. */
final class ClusterChoice {

    private final Configuration configuration = new Configuration();

    private ClusterChoice() {}

    /**
     * A job that never restarts, so that a fault ends the test.
     *
     * @param backend hashmap or rocksdb
     */
    static ClusterChoice of(String backend) {
        ClusterChoice choice = new ClusterChoice();
        choice.configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        choice.configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return choice;
    }

    /** Starts from a savepoint or a retained checkpoint. */
    ClusterChoice from(String savepoint) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        return this;
    }

    /**
     * Restarts at once, whatever happens and however often. A checkpoint that lost a message of a
     * dying task manager is given up before a test's deadline.
     */
    ClusterChoice restarting() {
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(20));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(20));
        return this;
    }

    ClusterChoice checkpointEvery(Duration interval) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        return this;
    }

    /** Keeps checkpoints when the job is cancelled; how many, only the cluster itself says. */
    ClusterChoice keepCheckpoints(Path directory) {
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return this;
    }

    ClusterChoice unaligned(boolean unaligned) {
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
        return this;
    }

    /**
     * Leaves records in half full buffers for so long: what a barrier finds in flight then does not
     * hang on how fast the machine is.
     */
    ClusterChoice flushBuffersAfter(Duration delay) {
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, delay);
        return this;
    }

    Configuration configuration() {
        return new Configuration(configuration);
    }
}
