package io.sealroom.partner.kit;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.AgentConfigFile;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.event.EventOutcome;
import io.sealroom.partner.event.EventRules;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.session.PartnerSession;
import io.sealroom.schemas.policy.Policy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a partner's events as they happen, blinded, and seals them by the clock: for rooms of mode
 * live. While it is open it is the one writer of the partner's topic; another one that is opened
 * ends it.
 *
 * <ul>
 *   <li>An event's future completes when the event is committed, was before, or is refused for
 *       good. Fails it, or does the process die before, then the event is to be sent again, to a
 *       new producer: its id makes that safe.
 *   <li>Ids are remembered until two windows after the seal. Of two events with one id the first
 *       stands.
 *   <li>A slice is sealed grace after its end, and from then on its events are {@code LATE}. Events
 *       whose tokens do not come hold it, since a partner is away; see {@link SliceGate} and {@link
 *       Backlog}.
 *   <li>An event further ahead than the policy's {@code maxAhead} is kept until the seals come
 *       nearer; others go on.
 *   <li>Unsettled events of all these kinds share one bounded buffer: while it is full, {@code
 *       send} waits.
 * </ul>
 *
 * Futures complete on the writer's thread: what depends on them must not wait, for room in the
 * buffer least of all. Safe for use by several threads.
 */
public final class BlindedEventProducer implements AutoCloseable {

    private final EventRules rules;
    private final EventBuffer buffer;
    private final LiveWriter writer;
    private final Thread thread;
    private final ProducerOptions options;
    private final WriterMetrics metrics;
    private final Deque<Runnable> closedAfter = new ArrayDeque<>();

    private BlindedEventProducer(
            ProducerParts parts,
            ProducerOptions options,
            EventRules rules,
            OwnTopic topic,
            WriterObserver observer,
            WriterMetrics metrics) {
        Membership member = parts.member();
        Policy policy = member.policy();
        Clock clock = parts.clock();
        EventEncoder encoder = new EventEncoder(policy, member.self().partitions());
        Backlog backlog = new Backlog(policy, clock.millis());
        this.rules = rules;
        this.options = options;
        this.metrics = metrics;
        this.buffer =
                new EventBuffer(
                        options.bufferEvents(),
                        encoder,
                        topic.sent(),
                        topic.closedUntil(),
                        eventTime -> backlog.came(eventTime, clock.millis()));
        this.writer =
                new LiveWriter(
                        parts,
                        options,
                        topic,
                        buffer,
                        encoder,
                        new SliceGate(buffer, backlog),
                        observer,
                        metrics);
        this.thread = new Thread(writer, member.name() + "-writer");
        this.thread.setDaemon(true);
    }

    /**
     * Takes the partner's topic over from whoever wrote it before, and begins to send and seal.
     *
     * @throws AgentException if the policy is not one of mode live, the partner supplies no events,
     *     Kafka or the state directory cannot be used, or the topic holds what this partner did not
     *     write
     */
    public static BlindedEventProducer start(ProducerParts parts, ProducerOptions options)
            throws AgentException, InterruptedException {
        return start(parts, options, new WriterObserver() {});
    }

    /**
     * Opens the partner's room as its configuration file says, the same that an agent takes but for
     * its input, and begins to send and seal. Until it is closed this process is the partner's
     * agent: it answers the other partners, and serves metrics if a port is configured.
     *
     * @param configuration file, in YAML; {@code jobs/partner/README.md} lists its keys
     * @throws AgentException if a file, Kafka or the room cannot be used
     * @throws InterruptedException while it waits for the key ceremony
     */
    public static BlindedEventProducer open(Path configuration)
            throws AgentException, InterruptedException {
        return open(AgentConfig.of(AgentConfigFile.read(configuration), System.getenv()));
    }

    /**
     * As {@link #open(Path)}, with a configuration that was read already.
     *
     * @param config without an input
     */
    public static BlindedEventProducer open(AgentConfig config)
            throws AgentException, InterruptedException {
        return EmbeddedAgent.open(config);
    }

    /**
     * As {@link #start(ProducerParts, ProducerOptions)}, in a session that is open, with tokens of
     * its own, which are asked for at the session's cadence.
     *
     * @param session outlives the producer
     */
    public static BlindedEventProducer start(PartnerSession session)
            throws AgentException, InterruptedException {
        return SessionProducer.start(session);
    }

    static BlindedEventProducer start(
            ProducerParts parts, ProducerOptions options, WriterObserver observer)
            throws AgentException, InterruptedException {
        EventRules rules = LiveRules.of(parts.member());
        WriterMetrics metrics = new WriterMetrics(parts.metrics());
        boolean started = false;
        try {
            OwnTopic topic = OwnTopic.takeOver(parts, observer);
            BlindedEventProducer producer =
                    new BlindedEventProducer(parts, options, rules, topic, observer, metrics);
            producer.thread.start();
            started = true;
            return producer;
        } catch (AgentException e) {
            if (e.exitCode() == ExitCode.ALARM) {
                metrics.alarm();
            }
            throw e;
        } finally {
            if (!started) {
                metrics.close();
            }
        }
    }

    /**
     * Checks, blinds and sends an event. Returns at once while the buffer has room.
     *
     * @return fails with an {@link AgentException} if the producer ends before the event is settled
     * @throws InterruptedException if interrupted while the buffer is full; the event is not sent
     */
    public CompletableFuture<SendOutcome> send(RawEvent event) throws InterruptedException {
        EventOutcome checked = rules.check(event);
        CompletableFuture<SendOutcome> outcome;
        if (checked instanceof EventOutcome.Rejected rejected) {
            outcome =
                    CompletableFuture.completedFuture(
                            new SendOutcome.Rejected(rejected.field(), rejected.reason()));
        } else {
            outcome = buffer.accept(((EventOutcome.Accepted) checked).event());
        }
        return outcome.whenComplete(
                (settled, failed) -> {
                    if (failed == null) {
                        metrics.settled(settled);
                    }
                });
    }

    /**
     * Returns when everything sent so far is settled, however long tokens are waited for.
     *
     * @throws AgentException if the producer ends before
     */
    public void flush() throws AgentException, InterruptedException {
        try {
            buffer.allSettled().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AgentException ended) {
                throw ended;
            }
            throw new IllegalStateException("events fail with nothing else", e);
        }
    }

    /** End of the own last seal, epoch milliseconds; the room's start before the first. */
    public long sealedUntil() {
        return writer.sealedUntil();
    }

    /** Ends it: what is not settled fails with the cause. */
    void fail(AgentException cause) {
        writer.fail(cause);
    }

    /** To be closed when this is; the last one first. */
    void closeAfter(Runnable closing) {
        closedAfter.push(closing);
    }

    /** To be closed after everything else. */
    void closeLast(Runnable closing) {
        closedAfter.addLast(closing);
    }

    /** Completes if the producer ends by itself, with why. */
    public CompletableFuture<AgentException> failure() {
        return writer.failure().copy();
    }

    /**
     * Sends what the buffer holds, for some time waiting for tokens; what is left then fails.
     * Slices that are not over stay unsealed: the next producer goes on with them.
     */
    @Override
    public void close() {
        // Kafka's clients close badly under an interrupt; whoever stopped us sees it afterwards.
        boolean interrupted = Thread.interrupted();
        buffer.close();
        try {
            buffer.allSettled().get(options.closeWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The futures tell, each of its event.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        buffer.giveUp();
        try {
            // Called by what hangs on a future it runs on the writer's own thread.
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        metrics.close();
        while (!closedAfter.isEmpty()) {
            closedAfter.pop().run();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
