package io.sealroom.pipeline;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What both jobs ask of Flink, whatever the cluster's configuration says: named types and uids, the
 * number of key groups, reuse of objects, checkpoints exactly once.
 *
 * <p>All else is the cluster's choice, and no choice changes a byte of a release: state backend,
 * parallelism, interval and place of checkpoints, unaligned or not, size and flushing of buffers,
 * restart strategy.
 */
final class Environments {

    /** Never changed: key groups of all savepoints are counted in it. */
    static final int MAX_PARALLELISM = 128;

    /** Where the cluster sets none: releases become visible, and offsets move, at checkpoints. */
    static final Duration CHECKPOINT_INTERVAL_DEFAULT = Duration.ofSeconds(10);

    private Environments() {}

    /** Sets the options that state and results depend on. */
    static void configure(StreamExecutionEnvironment env) {
        Configuration configuration = new Configuration();
        // A type that falls back to Kryo, or an operator without a uid, fails at submission.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // At least once, a replayed contribution would be added twice: more than the caps allow.
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            // Without checkpoints the releases sink would hold what it has until there is much of
            // it.
            configuration.set(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL_DEFAULT);
        }
        env.configure(configuration);
    }
}
