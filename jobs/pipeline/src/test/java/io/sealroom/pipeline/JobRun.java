package io.sealroom.pipeline;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.KafkaBroker;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.streaming.testing.TestingRoom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** CleanRoomJob over the topics of a scripted room, until it is stopped or closed. */
final class JobRun implements AutoCloseable {

    static final String NODE = "node-one";

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final long ANSWER_SECONDS = 60;

    private final JobClient client;
    private boolean ended;

    private JobRun(JobClient client) {
        this.client = client;
    }

    static JobRun start(KafkaBroker kafka, TestingRoom room, int parallelism, ClusterChoice cluster)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster.configuration());
        env.setParallelism(parallelism);
        RoomFile file =
                new RoomFile(
                        room.identity().chainId(),
                        room.identity().contract(),
                        0,
                        Collections.emptySortedMap());
        CleanRoomJob.build(
                env,
                new NodeSettings(room.policy(), file, NODE, kafka.bootstrapServers()),
                new TestingSecrets(NODE));
        return new JobRun(env.executeAsync("clean room"));
    }

    JobID id() {
        return client.getJobID();
    }

    /** Waits for a condition; a job that ends first fails the test with what ended it. */
    void await(String what, BooleanSupplier condition) {
        Await.until(
                what,
                DEADLINE,
                () -> {
                    requireRunning();
                    return condition.getAsBoolean();
                });
    }

    /**
     * Stops with a canonical savepoint; gives its path. A savepoint is refused while some task is
     * not running yet, and a window may be out before the last one is: then it is asked for again.
     */
    String stop(Path directory) {
        AtomicReference<String> savepoint = new AtomicReference<>();
        Await.until("the savepoint", DEADLINE, () -> isTaken(directory, savepoint));
        ended = true;
        return Objects.requireNonNull(savepoint.get());
    }

    private boolean isTaken(Path directory, AtomicReference<String> savepoint) {
        requireRunning();
        try {
            savepoint.set(
                    client.stopWithSavepoint(
                                    false,
                                    directory.toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get(ANSWER_SECONDS, TimeUnit.SECONDS));
            return true;
        } catch (ExecutionException e) {
            if (ExceptionUtils.findThrowable(e, CheckpointException.class).isEmpty()) {
                throw new IllegalStateException("the job takes no savepoint", e);
            }
            return false;
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the job takes no savepoint", e);
        }
    }

    /** Waits for the end of a job that is to fail, and throws why it did. */
    void awaitFailure() throws Exception {
        ended = true;
        client.getJobExecutionResult().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private void requireRunning() {
        try {
            JobStatus status = client.getJobStatus().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (status.isTerminalState()) {
                ended = true;
                client.getJobExecutionResult().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the job has ended", e);
        }
    }

    /** Cancels it if it still runs, and waits until its tasks are gone. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            client.cancel().join();
            Await.until(
                    "the end of the job",
                    DEADLINE,
                    () -> client.getJobStatus().join().isTerminalState());
        }
    }
}
