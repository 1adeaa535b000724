package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Token;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for identifiers that a live agent has not seen before. At every tick one batch of the same
 * size leaves for each open epoch, whether anybody waits or not: an evaluator learns the cadence
 * from them, and neither how many new people came nor when.
 *
 * <p>For the same reason nothing that depends on who waits is done on the thread of the ticks:
 * tokens are kept and handed out by another one, however long the disk or a caller takes.
 *
 * <p>While a batch is out, because a partner is away, no other leaves: ticks are skipped, what
 * waits goes on waiting, and the agent goes on by itself.
 */
public final class LiveTokens implements LiveTokenSource, AutoCloseable {

    public static final int WAITING_MAX_DEFAULT = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveTokens.class);
    private static final int END_SECONDS_MAX = 10;

    private final OpenEpochs epochs;
    private final int batchSize;
    private final int waitingMax;
    private final BatchTokens source;
    private final TokenCache cache;
    private final Clock clock;
    private final LongSupplier sealedUntil;
    private final Ticks ticks;
    private final TokenMetrics metrics;
    private final WaitingMisses waiting;
    private final Thread asking;
    private final HandingOut handingOut;

    /**
     * Nothing is asked before {@link #start}.
     *
     * @param waitingMax most identifiers that wait at once; above it {@link #token} fails with a
     *     {@link TokenQueueFullException}
     * @param sealedUntil end of the agent's own last seal, epoch milliseconds; the room's start
     *     before the first
     * @throws AgentException in file mode, where events are tokenised in bulk
     */
    public LiveTokens(
            Policy policy,
            Cadence cadence,
            int waitingMax,
            BatchTokens source,
            TokenCache cache,
            Clock clock,
            LongSupplier sealedUntil,
            TokenMetrics metrics)
            throws AgentException {
        this(
                policy,
                cadence,
                waitingMax,
                source,
                cache,
                clock,
                sealedUntil,
                new WallTicks(clock, cadence.period().toMillis()),
                metrics);
    }

    LiveTokens(
            Policy policy,
            Cadence cadence,
            int waitingMax,
            BatchTokens source,
            TokenCache cache,
            Clock clock,
            LongSupplier sealedUntil,
            Ticks ticks,
            TokenMetrics metrics)
            throws AgentException {
        if (policy.mode() != Mode.LIVE) {
            throw AgentException.badInput(
                    "live batches need a policy of mode live, that of %s is %s",
                    policy.room(), policy.mode());
        }
        this.epochs = new OpenEpochs(policy);
        this.batchSize = cadence.size();
        this.waitingMax = waitingMax;
        this.source = source;
        this.cache = cache;
        this.clock = clock;
        this.sealedUntil = sealedUntil;
        this.ticks = ticks;
        this.metrics = metrics;
        this.waiting = new WaitingMisses(waitingMax);
        this.asking = new Thread(this::run, "live-batches");
        this.handingOut = new HandingOut(cache, waiting, metrics);
    }

    public void start() {
        asking.start();
    }

    @Override
    public CompletableFuture<Token> token(long epoch, NormalisedIdentifier identifier) {
        if (!epochs.areOfRoom(epoch)) {
            return CompletableFuture.failedFuture(
                    AgentException.badInput("the room has no epoch %d", epoch));
        }
        Optional<CompletableFuture<Token>> shared = waiting.find(epoch, identifier);
        if (shared.isPresent()) {
            // A copy each: who gives up does so for itself alone.
            return shared.get().copy();
        }
        Optional<Token> cached = cache.find(epoch, identifier);
        return cached.isPresent()
                ? CompletableFuture.completedFuture(cached.get())
                : await(epoch, identifier);
    }

    /** Identifiers that wait now. */
    public int waiting() {
        return waiting.size();
    }

    private CompletableFuture<Token> await(long epoch, NormalisedIdentifier identifier) {
        CompletableFuture<Token> future = new CompletableFuture<>();
        Optional<WaitingMisses.Refusal> refusal = waiting.add(epoch, identifier, future);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(
                    switch (refusal.get()) {
                        case FULL -> full();
                        case CLOSED -> stopped();
                    });
        }
        metrics.waiting(waiting.size());
        return future.copy();
    }

    private TokenQueueFullException full() {
        metrics.queueFull();
        return new TokenQueueFullException(waitingMax);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long skipped = ticks.next();
                if (skipped > 0) {
                    metrics.skippedTicks(skipped);
                    LOG.warn(
                            "{} live batches were not sent while one was out: a partner is slow or"
                                    + " was away; {} identifiers wait",
                            skipped,
                            waiting.size());
                }
                tick();
            }
        } catch (InterruptedException e) {
            // Closed: whoever waits is told by close().
        }
    }

    private void tick() throws InterruptedException {
        long now = clock.millis();
        long sealed = sealedUntil.getAsLong();
        handingOut.forgetBefore(epochs.first(now, sealed));
        for (long epoch : epochs.at(now, sealed)) {
            ask(epoch, waiting.take(epoch, batchSize));
        }
    }

    private void ask(long epoch, List<NormalisedIdentifier> identifiers)
            throws InterruptedException {
        metrics.batchSent();
        try {
            Map<NormalisedIdentifier, Token> tokens = source.batch(epoch, identifiers, batchSize);
            handingOut.answered(epoch, identifiers, tokens);
        } catch (AgentException e) {
            LOG.warn("live batch of epoch {} failed: {}", epoch, e.getMessage());
            metrics.batchFailed(e.exitCode().name().toLowerCase(Locale.ROOT));
            handingOut.failed(epoch, identifiers, e);
        } catch (RuntimeException | Error e) {
            // Without this thread everybody would wait for ever, and nobody be told.
            LOG.error("live batch of epoch {} failed by a fault of the program", epoch, e);
            metrics.batchFailed("fault");
            handingOut.failed(epoch, identifiers, e);
        } finally {
            metrics.batchEnded();
        }
    }

    private static AgentException stopped() {
        return AgentException.unavailable(null, "stopped before all partners had answered");
    }

    /** Who still waits is told that no token comes. */
    @Override
    public void close() {
        asking.interrupt();
        try {
            asking.join(TimeUnit.SECONDS.toMillis(END_SECONDS_MAX));
            handingOut.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.close().forEach(future -> future.completeExceptionally(stopped()));
        metrics.waiting(0);
    }
}
