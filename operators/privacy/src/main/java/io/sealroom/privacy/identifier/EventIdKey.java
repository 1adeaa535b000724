package io.sealroom.privacy.identifier;

import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.record.EventId;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Derives event ids (PROTOCOL.md section 6): the first 16 bytes of {@code HMAC-SHA256(event key,
 * lp("sealroom/event-id/v1", the partner's own event id))}. Equal ids give equal event ids, so a
 * resent event is recognised; without the key nobody can tell an order number from its event id.
 */
public final class EventIdKey {

    /** Fewest bytes of a key. */
    public static final int LENGTH_MIN = 32;

    private static final byte[] TAG = Lp.text("sealroom/event-id/v1");

    private final SecretBytes key;

    /**
     * @throws IllegalArgumentException if the key is shorter than {@link #LENGTH_MIN}
     */
    public EventIdKey(SecretBytes key) {
        if (key.length() < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    String.format(
                            "key must have at least %d bytes, got %d", LENGTH_MIN, key.length()));
        }
        this.key = key;
    }

    /**
     * @param ownEventId the partner's event or order id, taken as it is
     * @return nothing for an empty text and for one that has no UTF-8: two such would get one id
     */
    public Optional<EventId> derive(String ownEventId) {
        if (ownEventId.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteBuffer encoded =
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(ownEventId));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            byte[] tag = HmacSha256.tag(key, Lp.of(TAG, utf8));
            return Optional.of(EventId.of(Arrays.copyOf(tag, EventId.LENGTH)));
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "EventIdKey[redacted]";
    }
}
