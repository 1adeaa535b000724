package io.sealroom.privacy.identifier;

import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import java.util.Arrays;

/**
 * What a partner keeps its tokens of one epoch under: names for identifiers, and keys for files.
 *
 * <pre>
 * key(purpose) = HMAC-SHA256(event key, lp("sealroom/token-cache/v1", purpose, room, partner, u64 epoch))
 * index        = first 16 bytes of HMAC-SHA256(key("index"), lp(kind, normalised identifier))
 * segment key  = HMAC-SHA256(key("segment"), segment id)
 * </pre>
 *
 * <p>The tag differs from that of event ids, so neither is ever the other's. Names of one person in
 * two epochs cannot be linked without the event key: a copy of the cache tells no more than the
 * tokens in it.
 */
public final class TokenCacheKey {

    /** Bytes of an index: two identifiers of a billion meet with a chance of 2^-69. */
    public static final int INDEX_LENGTH = 16;

    private static final byte[] TAG = Lp.text("sealroom/token-cache/v1");
    private static final byte[] INDEX = Lp.text("index");
    private static final byte[] SEGMENT = Lp.text("segment");

    private final SecretBytes indexKey;
    private final SecretBytes segmentsKey;

    private TokenCacheKey(SecretBytes indexKey, SecretBytes segmentsKey) {
        this.indexKey = indexKey;
        this.segmentsKey = segmentsKey;
    }

    /**
     * @param eventKey the partner's event key
     * @throws IllegalArgumentException if the key is shorter than {@link EventIdKey#LENGTH_MIN}
     */
    public static TokenCacheKey derive(
            SecretBytes eventKey, String room, String partner, long epoch) {
        if (eventKey.length() < EventIdKey.LENGTH_MIN) {
            throw new IllegalArgumentException(
                    String.format(
                            "eventKey must have at least %d bytes, got %d",
                            EventIdKey.LENGTH_MIN, eventKey.length()));
        }
        byte[][] place = {Lp.text(room), Lp.text(partner), Lp.u64(epoch)};
        return new TokenCacheKey(
                HmacSha256.derive(eventKey, Lp.of(TAG, INDEX, place[0], place[1], place[2])),
                HmacSha256.derive(eventKey, Lp.of(TAG, SEGMENT, place[0], place[1], place[2])));
    }

    /** What an identifier is called in the cache; {@link #INDEX_LENGTH} bytes. */
    public byte[] index(NormalisedIdentifier identifier) {
        byte[] text = identifier.openUtf8();
        byte[] message = Lp.of(Lp.text(identifier.kind().name()), text);
        byte[] tag = HmacSha256.tag(indexKey, message);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(message, (byte) 0);
        return Arrays.copyOf(tag, INDEX_LENGTH);
    }

    /**
     * The AES-256 key of one file.
     *
     * @param segmentId drawn at random for the file, so that no two files share a key
     */
    public SecretBytes segmentKey(byte[] segmentId) {
        return HmacSha256.derive(segmentsKey, segmentId);
    }

    @Override
    public String toString() {
        return "TokenCacheKey[redacted]";
    }
}
