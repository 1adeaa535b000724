package io.sealroom.partner.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.record.Token;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Keeps the tokens that are used most, up to a number for each epoch. Holds keyed hashes, not
 * identifiers.
 */
public final class MemoryTokenCache implements TokenCache {

    private static final String LAYER = "memory";

    private final CacheKeys keys;
    private final int entriesMax;
    private final TokenMetrics metrics;
    private final ConcurrentNavigableMap<Long, Cache<CacheKey, Token>> byEpoch =
            new ConcurrentSkipListMap<>();
    private long firstKept = Long.MIN_VALUE;

    /**
     * @param entriesMax tokens kept of one epoch
     * @throws IllegalArgumentException if {@code entriesMax} is not positive
     */
    public MemoryTokenCache(CacheKeys keys, int entriesMax, TokenMetrics metrics) {
        if (entriesMax < 1) {
            throw new IllegalArgumentException("entriesMax must be at least 1, got " + entriesMax);
        }
        this.keys = keys;
        this.entriesMax = entriesMax;
        this.metrics = metrics;
    }

    @Override
    public Map<NormalisedIdentifier, Token> findAll(
            long epoch, Collection<NormalisedIdentifier> identifiers) {
        Map<NormalisedIdentifier, Token> found = new HashMap<>();
        Cache<CacheKey, Token> cache = byEpoch.get(epoch);
        if (cache != null) {
            for (NormalisedIdentifier identifier : identifiers) {
                Token token = cache.getIfPresent(keys.of(epoch, identifier));
                if (token != null) {
                    found.put(identifier, token);
                }
            }
        }
        metrics.lookedUp(LAYER, found.size(), identifiers.size() - found.size());
        return found;
    }

    @Override
    public synchronized void store(long epoch, Map<NormalisedIdentifier, Token> tokens) {
        if (epoch < firstKept) {
            return;
        }
        Cache<CacheKey, Token> cache = byEpoch.computeIfAbsent(epoch, missing -> emptyCache());
        tokens.forEach((identifier, token) -> cache.put(keys.of(epoch, identifier), token));
    }

    @Override
    public synchronized void forgetBefore(long epoch) {
        firstKept = Math.max(firstKept, epoch);
        byEpoch.headMap(firstKept).clear();
        keys.forgetBefore(epoch);
    }

    /** Tokens kept now, of all epochs. */
    long size() {
        return byEpoch.values().stream().peek(Cache::cleanUp).mapToLong(Cache::estimatedSize).sum();
    }

    private Cache<CacheKey, Token> emptyCache() {
        return Caffeine.newBuilder()
                .maximumSize(entriesMax)
                // Evicting takes microseconds: no thread of a pool is worth it.
                .executor(Runnable::run)
                .<CacheKey, Token>evictionListener((key, token, cause) -> metrics.evicted())
                .build();
    }
}
