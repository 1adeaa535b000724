package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What the jobs insist on, whatever the cluster's configuration says. */
class EnvironmentsTest {

    private static CheckpointConfig configured(Configuration cluster) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        Environments.configure(env);
        return env.getCheckpointConfig();
    }

    @Test
    void configure_clusterSaysAtLeastOnce_exactlyOnce() {
        Configuration cluster = new Configuration();
        cluster.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.AT_LEAST_ONCE);
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(3));

        CheckpointConfig config = configured(cluster);

        assertThat(config.getCheckpointingConsistencyMode())
                .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(config.getCheckpointInterval()).isEqualTo(3000);
    }

    @Test
    void configure_clusterSaysUnaligned_aligned() {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(3));

        assertThat(configured(cluster).isUnalignedCheckpointsEnabled()).isFalse();
    }

    @Test
    void configure_clusterSetsNoInterval_checkpointsAreTaken() {
        CheckpointConfig config = configured(new Configuration());

        assertThat(config.isCheckpointingEnabled()).isTrue();
        assertThat(config.getCheckpointInterval())
                .isEqualTo(Environments.CHECKPOINT_INTERVAL_DEFAULT.toMillis());
    }
}
