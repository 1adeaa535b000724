package io.sealroom.partner.input;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.metrics.AgentMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * JSON lines as they come, from standard input or a file. A line that was read and not acknowledged
 * when the agent ends is lost to this agent: whoever writes the lines must write them again, and
 * may, since event ids that were sent are known.
 */
public final class LinesFeed implements EventFeed {

    /** How long a stop waits for acknowledgements. */
    static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(200);

    private final InputStream in;
    private final RejectLog rejects;
    private final EventIntake intake;
    private final Thread reader;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    /**
     * @param in closed when it has ended
     */
    public LinesFeed(InputStream in, EventSink sink, RejectLog rejects, AgentMetrics metrics) {
        this.in = in;
        this.rejects = rejects;
        this.intake = new EventIntake(sink, rejects, metrics);
        // Some inputs cannot be interrupted: this thread is then left behind by a stop.
        this.reader = new Thread(this::read, "partner-input");
        this.reader.setDaemon(true);
    }

    @Override
    public void run() throws AgentException {
        reader.start();
        try {
            CompletableFuture.anyOf(ended, stopped, intake.failure()).get();
            while (!stopped.isDone()
                    && !intake.failure().isDone()
                    && !intake.inFlight().awaitNone(LOOK)) {
                // However long a partner is away: nothing of the input may be lost.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AgentException agent) {
                throw agent;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            // It may wait for the sink.
            reader.interrupt();
        }
        intake.requireNoFailure();
        awaitSettled();
        rejects.force();
    }

    @Override
    public void stop() {
        stopped.complete(null);
    }

    private void awaitSettled() throws AgentException {
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = intake.inFlight().awaitNone(STOP_WAIT);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        intake.requireNoFailure();
    }

    private void read() {
        try (JsonEventLines lines = new JsonEventLines(in)) {
            JsonEventLines.Line line = lines.next();
            while (line != null && !stopped.isDone()) {
                intake.take(Long.toString(line.number()), line.bytes(), () -> {});
                line = lines.next();
            }
            ended.complete(null);
        } catch (IOException e) {
            ended.completeExceptionally(
                    AgentException.unavailable(e, "the input cannot be read on: %s", e));
        } catch (InterruptedException e) {
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }
}
