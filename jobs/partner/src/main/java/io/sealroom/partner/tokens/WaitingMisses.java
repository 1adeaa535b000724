package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that wait for their token, by epoch, in the order they came; each once, whoever asks.
 * Bounded over all epochs. Safe for use by several threads; completes nothing itself.
 */
final class WaitingMisses {

    private final int waitingMax;
    private final TreeMap<Long, EpochMisses> byEpoch = new TreeMap<>();
    private int size;
    private boolean closed;

    private static final class EpochMisses {
        private final Map<NormalisedIdentifier, CompletableFuture<Token>> queued =
                new LinkedHashMap<>();
        private final Map<NormalisedIdentifier, CompletableFuture<Token>> asked =
                new LinkedHashMap<>();
    }

    /** What became of an identifier that was to wait. */
    enum Refusal {
        FULL,
        CLOSED
    }

    WaitingMisses(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    /** The future of an identifier that waits already. */
    synchronized Optional<CompletableFuture<Token>> find(
            long epoch, NormalisedIdentifier identifier) {
        EpochMisses misses = byEpoch.get(epoch);
        if (misses == null) {
            return Optional.empty();
        }
        @Nullable CompletableFuture<Token> asked = misses.asked.get(identifier);
        return Optional.ofNullable(asked == null ? misses.queued.get(identifier) : asked);
    }

    /**
     * Lets an identifier wait. If it does already, since two have asked at once, the future follows
     * the one that is there, and takes no place.
     *
     * @param future completed by whoever removes it
     * @return why it does not wait
     */
    synchronized Optional<Refusal> add(
            long epoch, NormalisedIdentifier identifier, CompletableFuture<Token> future) {
        if (closed) {
            return Optional.of(Refusal.CLOSED);
        }
        Optional<CompletableFuture<Token>> there = find(epoch, identifier);
        if (there.isPresent()) {
            follow(there.get(), future);
            return Optional.empty();
        }
        if (size >= waitingMax) {
            return Optional.of(Refusal.FULL);
        }
        byEpoch.computeIfAbsent(epoch, missing -> new EpochMisses()).queued.put(identifier, future);
        size++;
        return Optional.empty();
    }

    private static void follow(CompletableFuture<Token> there, CompletableFuture<Token> future) {
        CompletableFuture<Token> unused =
                there.whenComplete(
                        (token, failure) -> {
                            if (failure == null) {
                                future.complete(token);
                            } else {
                                future.completeExceptionally(failure);
                            }
                        });
    }

    /** The longest waiting ones of an epoch; they stay here until they are removed. */
    synchronized List<NormalisedIdentifier> take(long epoch, int most) {
        List<NormalisedIdentifier> taken = new ArrayList<>(most);
        EpochMisses misses = byEpoch.get(epoch);
        if (misses != null) {
            Iterator<Map.Entry<NormalisedIdentifier, CompletableFuture<Token>>> queued =
                    misses.queued.entrySet().iterator();
            while (taken.size() < most && queued.hasNext()) {
                Map.Entry<NormalisedIdentifier, CompletableFuture<Token>> next = queued.next();
                taken.add(next.getKey());
                misses.asked.put(next.getKey(), next.getValue());
                queued.remove();
            }
        }
        return taken;
    }

    /** Futures of identifiers that were taken. */
    synchronized Map<NormalisedIdentifier, CompletableFuture<Token>> remove(
            long epoch, Collection<NormalisedIdentifier> taken) {
        Map<NormalisedIdentifier, CompletableFuture<Token>> removed = new LinkedHashMap<>();
        EpochMisses misses = byEpoch.get(epoch);
        if (misses != null) {
            for (NormalisedIdentifier identifier : taken) {
                CompletableFuture<Token> future = misses.asked.remove(identifier);
                if (future != null) {
                    removed.put(identifier, future);
                }
            }
            if (misses.asked.isEmpty() && misses.queued.isEmpty()) {
                byEpoch.remove(epoch);
            }
        }
        size -= removed.size();
        return removed;
    }

    /** Futures of earlier epochs. */
    synchronized List<CompletableFuture<Token>> removeBefore(long epoch) {
        List<CompletableFuture<Token>> removed = new ArrayList<>();
        Map<Long, EpochMisses> old = byEpoch.headMap(epoch);
        for (EpochMisses misses : old.values()) {
            removed.addAll(misses.asked.values());
            removed.addAll(misses.queued.values());
        }
        old.clear();
        size -= removed.size();
        return removed;
    }

    /** All futures; from now on nobody waits. */
    synchronized List<CompletableFuture<Token>> close() {
        closed = true;
        return removeBefore(Long.MAX_VALUE);
    }

    synchronized int size() {
        return size;
    }
}
