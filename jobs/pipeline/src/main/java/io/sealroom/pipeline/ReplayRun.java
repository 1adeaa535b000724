package io.sealroom.pipeline;

import io.sealroom.schemas.record.Codecs;
import io.sealroom.streaming.source.SealedSourceException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A replay that runs. Results are fetched by a thread of their own, since asking for the next one
 * blocks; the listener hears of them, and of the time that passes, on the caller's.
 */
final class ReplayRun implements AutoCloseable {

    private static final int RESULTS_QUEUED_MAX = 256;
    private static final long POLL_MILLIS = 100;
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ANSWER_SECONDS = 60;

    private final JobClient job;
    // Asked for once: a Flink that has ended with its job answers no more.
    private final CompletableFuture<JobExecutionResult> result;
    private final CloseableIterator<byte[]> results;
    private final List<String> partners;
    // Empty: there are no more.
    private final BlockingQueue<Optional<byte[]>> queue =
            new ArrayBlockingQueue<>(RESULTS_QUEUED_MAX);
    private final AtomicReference<@Nullable RuntimeException> fetchFailure =
            new AtomicReference<>();
    private Map<String, Object> accumulators = Map.of();
    private final Thread fetcher = new Thread(this::fetch, "replay-results");

    private ReplayRun(JobClient job, CloseableIterator<byte[]> results, List<String> partners) {
        this.job = job;
        this.result = job.getJobExecutionResult();
        this.results = results;
        this.partners = partners;
    }

    /**
     * Starts the job of an environment.
     *
     * @param results where its results come out
     * @param partners whose records it counts
     */
    static ReplayRun start(
            StreamExecutionEnvironment env,
            String room,
            CloseableIterator<byte[]> results,
            List<String> partners) {
        JobClient job;
        try {
            job = env.executeAsync("replay of " + room);
        } catch (Exception e) {
            throw new IllegalStateException("Flink does not take the replay", e);
        }
        ReplayRun run = new ReplayRun(job, results, partners);
        run.fetcher.setDaemon(true);
        run.fetcher.start();
        return run;
    }

    private void fetch() {
        try {
            while (results.hasNext()) {
                queue.put(Optional.of(results.next()));
            }
            queue.put(Optional.empty());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failedOrClosed) {
            // The job's own result says why; whoever waits must not wait for ever.
            fetchFailure.set(failedOrClosed);
            while (!queue.offer(Optional.empty())) {
                queue.clear();
            }
        }
    }

    /** Tells the listener all that comes. */
    Map<String, ReplayCounts> follow(ReplayListener listener)
            throws IOException, ReplayRefusedException, InterruptedException {
        long said = System.nanoTime();
        while (!listener.satisfied()) {
            Optional<byte[]> next = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null && next.isEmpty()) {
                accumulators = end();
                requireAllFetched();
                listener.progress(counts());
                return counts();
            }
            if (next != null) {
                tell(listener, next.get());
            }
            if (System.nanoTime() - said >= PROGRESS_NANOS) {
                listener.progress(soFar());
                said = System.nanoTime();
            }
        }
        return soFar();
    }

    /** A window that got lost on the way here would pass for one that is not sealed. */
    private void requireAllFetched() {
        RuntimeException failure = fetchFailure.get();
        if (failure != null) {
            throw new IllegalStateException("the replay's results were not fetched", failure);
        }
    }

    private static void tell(ReplayListener listener, byte[] value) {
        Codecs.PENDING_RELEASE
                .decode(value)
                .toOptional()
                .ifPresentOrElse(
                        listener::released,
                        () ->
                                listener.withheld(
                                        Codecs.WITHHELD.decode(value).toOptional().orElseThrow()));
    }

    private Map<String, Object> end()
            throws IOException, ReplayRefusedException, InterruptedException {
        try {
            return result.get(ANSWER_SECONDS, TimeUnit.SECONDS).getAllAccumulatorResults();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Flink does not answer", e);
        }
    }

    private Map<String, ReplayCounts> soFar() throws InterruptedException {
        if (!result.isDone()) {
            try {
                accumulators = job.getAccumulators().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException | IllegalStateException ended) {
                // The job is going: its result will tell, and until then what was known counts.
                return counts();
            }
        }
        return counts();
    }

    private Map<String, ReplayCounts> counts() {
        Map<String, ReplayCounts> counts = new LinkedHashMap<>();
        for (String partner : partners) {
            counts.put(partner, ReplayCountFunction.counts(partner, accumulators));
        }
        return counts;
    }

    /** What only the world can mend as an IOException; faults of ours as they are. */
    private static IOException failure(ExecutionException failed) throws ReplayRefusedException {
        Optional<SealedSourceException> refused = find(failed, SealedSourceException.class);
        if (refused.isPresent()) {
            throw new ReplayRefusedException(String.valueOf(refused.get().getMessage()), failed);
        }
        if (find(failed, KafkaException.class).isPresent()
                || find(failed, IOException.class).isPresent()) {
            return new IOException("Kafka did not give what is to be replayed", failed);
        }
        throw new IllegalStateException("the replay failed", failed);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failed, Class<T> type) {
        return ExceptionUtils.findThrowableSerializedAware(
                failed, type, ReplayRun.class.getClassLoader());
    }

    /** Ends the job, if it has not ended, and with it the Flink that runs it. */
    @Override
    public void close() throws IOException {
        fetcher.interrupt();
        try {
            if (!result.isDone()) {
                job.cancel().get(ANSWER_SECONDS, TimeUnit.SECONDS);
                result.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | IllegalStateException ended) {
            // As it was told to, or by itself between the two questions.
            fetcher.interrupt();
        } catch (TimeoutException e) {
            throw new IOException("Flink does not end the replay", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
