package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what live batches brought and tells those who wait, on a thread of its own: the disk and
 * callers may take as long as they like without moving the next batch.
 */
final class HandingOut {

    private static final Logger LOG = LoggerFactory.getLogger(HandingOut.class);
    private static final int END_SECONDS_MAX = 10;

    private final TokenCache cache;
    private final WaitingMisses waiting;
    private final TokenMetrics metrics;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "live-tokens"));

    HandingOut(TokenCache cache, WaitingMisses waiting, TokenMetrics metrics) {
        this.cache = cache;
        this.waiting = waiting;
        this.metrics = metrics;
    }

    /**
     * @param identifiers of the batch
     * @param answered what came for them
     */
    void answered(
            long epoch,
            List<NormalisedIdentifier> identifiers,
            Map<NormalisedIdentifier, Token> answered) {
        thread.execute(() -> handOut(epoch, identifiers, answered));
    }

    void failed(long epoch, List<NormalisedIdentifier> identifiers, Throwable cause) {
        thread.execute(
                () -> {
                    waiting.remove(epoch, identifiers)
                            .values()
                            .forEach(future -> future.completeExceptionally(cause));
                    metrics.waiting(waiting.size());
                });
    }

    /** Drops what is kept of earlier epochs, and tells who still waits for a token of one. */
    void forgetBefore(long epoch) {
        thread.execute(() -> expire(epoch));
    }

    private void handOut(
            long epoch,
            List<NormalisedIdentifier> identifiers,
            Map<NormalisedIdentifier, Token> answered) {
        Map<NormalisedIdentifier, Token> tokens = new HashMap<>(answered);
        // Nothing but what was asked for: a token of padding is nobody's.
        tokens.keySet().retainAll(Set.copyOf(identifiers));
        if (!tokens.isEmpty()) {
            try {
                cache.store(epoch, tokens);
            } catch (IOException | RuntimeException e) {
                // Whatever the disk does: who waits must be told, or would wait for ever.
                metrics.diskFailed("write");
                LOG.warn("tokens of epoch {} are good but cannot be kept", epoch, e);
            }
        }
        // Kept first, then removed: who asks in between finds one or the other.
        waiting.remove(epoch, identifiers)
                .forEach(
                        (identifier, future) -> {
                            Token token = tokens.get(identifier);
                            if (token == null) {
                                future.completeExceptionally(
                                        new IllegalStateException("a batch lacks a token"));
                            } else {
                                future.complete(token);
                            }
                        });
        metrics.waiting(waiting.size());
    }

    private void expire(long epoch) {
        try {
            cache.forgetBefore(epoch);
        } catch (RuntimeException e) {
            metrics.diskFailed("delete");
            LOG.warn("tokens before epoch {} cannot be dropped; tried again", epoch, e);
        }
        List<CompletableFuture<Token>> expired = waiting.removeBefore(epoch);
        if (!expired.isEmpty()) {
            LOG.warn("{} identifiers got no token before their epoch ended", expired.size());
            metrics.expired(expired.size());
            metrics.waiting(waiting.size());
            EpochEndedException ended = new EpochEndedException(epoch - 1);
            expired.forEach(future -> future.completeExceptionally(ended));
        }
    }

    /** Returns when everything is handed out, or a caller takes too long. */
    void end() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            LOG.warn("tokens are still being handed out");
        }
    }
}
