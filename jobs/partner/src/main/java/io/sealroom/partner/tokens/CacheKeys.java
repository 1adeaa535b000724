package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.identifier.TokenCacheKey;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Lp;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongFunction;

/**
 * The cache keys of one partner in one room, by epoch. They follow from all partners' public keys
 * too: a token is good under those only, and a room made anew under its old name has others. Safe
 * for use by several threads.
 */
public final class CacheKeys {

    private static final byte[] CONTEXT = Lp.text("sealroom/token-segment/v1");

    private final SecretBytes eventKey;
    private final String room;
    private final String partner;
    private final LongFunction<Bytes32> publicKeys;
    private final ConcurrentNavigableMap<Long, TokenCacheKey> byEpoch =
            new ConcurrentSkipListMap<>();

    /**
     * @param eventKey the partner's event key, which keys of the cache are derived from
     * @param publicKeys a hash of all partners' public keys of an epoch
     */
    public CacheKeys(
            SecretBytes eventKey, String room, String partner, LongFunction<Bytes32> publicKeys) {
        this.eventKey = eventKey;
        this.room = room;
        this.partner = partner;
        this.publicKeys = publicKeys;
    }

    CacheKey of(long epoch, NormalisedIdentifier identifier) {
        return CacheKey.of(key(epoch).index(identifier));
    }

    /** Encrypts and decrypts one file of an epoch. */
    SegmentCipher cipher(long epoch, byte[] segmentId) {
        byte[] context = Lp.of(CONTEXT, Lp.text(room), Lp.text(partner), Lp.u64(epoch), segmentId);
        return new SegmentCipher(key(epoch).segmentKey(segmentId), context);
    }

    void forgetBefore(long epoch) {
        byEpoch.headMap(epoch).clear();
    }

    private TokenCacheKey key(long epoch) {
        return byEpoch.computeIfAbsent(
                epoch,
                missing ->
                        TokenCacheKey.derive(
                                eventKey,
                                // No room's id has a slash.
                                room + "/" + publicKeys.apply(missing).toHex(),
                                partner,
                                missing));
    }
}
