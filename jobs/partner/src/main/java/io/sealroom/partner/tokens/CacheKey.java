package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.TokenCacheKey;
import java.nio.ByteBuffer;

/** What an identifier is called in a cache: {@link TokenCacheKey#INDEX_LENGTH} bytes. */
record CacheKey(long high, long low) {

    static CacheKey of(byte[] index) {
        ByteBuffer bytes = ByteBuffer.wrap(index);
        return new CacheKey(bytes.getLong(), bytes.getLong());
    }

    /** Not even in part: with the event key it names a person. */
    @Override
    public String toString() {
        return "CacheKey[redacted]";
    }
}
