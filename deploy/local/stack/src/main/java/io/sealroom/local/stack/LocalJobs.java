package io.sealroom.local.stack;

import io.sealroom.pipeline.CleanRoomJob;
import io.sealroom.pipeline.NodeSettings;
import io.sealroom.pipeline.PublishJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A node's two jobs, each in an embedded Flink of its own, as they would be on two clusters. */
public final class LocalJobs implements AutoCloseable {

    private static final long ANSWER_SECONDS = 60;
    private static final int CHECKPOINTS_KEPT = 10;

    private final JobClient cleanRoom;
    private final JobClient publish;

    private LocalJobs(JobClient cleanRoom, JobClient publish) {
        this.cleanRoom = cleanRoom;
        this.publish = publish;
    }

    /** Starts both jobs. */
    public static LocalJobs start(
            NodeSettings settings, Path nodeKeys, String rpcUrl, int parallelism, Path checkpoints)
            throws IOException {
        JobClient cleanRoom = startCleanRoom(settings, nodeKeys, parallelism, checkpoints, null);
        return new LocalJobs(cleanRoom, startPublish(settings, nodeKeys, rpcUrl, checkpoints));
    }

    /**
     * Starts the computation alone.
     *
     * @param savepoint where to go on from; null to begin
     */
    public static JobClient startCleanRoom(
            NodeSettings settings,
            Path nodeKeys,
            int parallelism,
            Path checkpoints,
            @Nullable String savepoint)
            throws IOException {
        Configuration configuration =
                configuration(checkpoints.resolve("clean-room"), Duration.ofSeconds(5));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        CleanRoomJob.build(env, settings, nodeKeys.toString());
        return submit(env, "sealroom-clean-room-" + settings.policy().room());
    }

    /** Starts the publishing alone. */
    public static JobClient startPublish(
            NodeSettings settings, Path nodeKeys, String rpcUrl, Path checkpoints)
            throws IOException {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(
                        1, configuration(checkpoints.resolve("publish"), Duration.ofSeconds(1)));
        PublishJob.build(env, settings, nodeKeys.toString(), rpcUrl);
        return submit(env, "sealroom-publish-" + settings.policy().room());
    }

    /**
     * @throws IOException if one of the jobs does not run any more
     */
    public void requireRunning() throws IOException {
        requireRunning("CleanRoomJob", cleanRoom);
        requireRunning("PublishJob", publish);
    }

    /** Stops a job with a savepoint and gives its path. */
    public static String stopWithSavepoint(JobClient job, Path directory) throws IOException {
        return answer(
                job.stopWithSavepoint(
                        false, directory.toUri().toString(), SavepointFormatType.CANONICAL));
    }

    /** Cancels a job and waits until it has ended. */
    public static void cancel(JobClient job) throws IOException {
        if (!answer(job.getJobStatus()).isGloballyTerminalState()) {
            answer(job.cancel());
        }
    }

    @Override
    public void close() throws IOException {
        cancel(publish);
        cancel(cleanRoom);
    }

    private static void requireRunning(String name, JobClient job) throws IOException {
        JobStatus status = answer(job.getJobStatus());
        if (status.isTerminalState()) {
            throw new IOException(name + " has ended: " + status);
        }
    }

    private static Configuration configuration(Path checkpoints, Duration interval) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        // Kept to be looked at: what a node writes down is part of what it is trusted with.
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, CHECKPOINTS_KEPT);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        // A backlog waits in Kafka: by default a partner that is ahead is read on for a while.
        configuration.set(PipelineOptions.WATERMARK_ALIGNMENT_BUFFER_SIZE, 0);
        return configuration;
    }

    private static JobClient submit(StreamExecutionEnvironment env, String name)
            throws IOException {
        try {
            return env.executeAsync(name);
        } catch (Exception e) {
            throw new IOException("Flink does not take the job " + name, e);
        }
    }

    private static <T> T answer(java.util.concurrent.CompletableFuture<T> future)
            throws IOException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink does not answer", e);
        }
    }
}
