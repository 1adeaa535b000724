package io.sealroom.partner.tokens;

import io.sealroom.privacy.identifier.TokenCacheKey;
import io.sealroom.schemas.record.Token;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Up to {@link #ENTRIES_MAX} cached tokens as bytes of one length, however many they are: {@code u8
 * count || (index || token) * 16}, unused places zero. Frames of one length need no header whose
 * change would lose the frames behind it.
 */
record Frame(List<Entry> entries) {

    static final int ENTRIES_MAX = 16;

    private static final int ENTRY_LENGTH = TokenCacheKey.INDEX_LENGTH + Token.LENGTH;

    /** Bytes before encryption. */
    static final int LENGTH = 1 + ENTRIES_MAX * ENTRY_LENGTH;

    record Entry(CacheKey key, Token token) {}

    Frame {
        entries = List.copyOf(entries);
    }

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.put((byte) entries.size());
        for (Entry entry : entries) {
            bytes.putLong(entry.key().high()).putLong(entry.key().low());
            bytes.put(entry.token().toBytes());
        }
        return bytes.array();
    }

    /**
     * @param encoded what {@link #encode} gave: encryption vouches for it
     */
    static Frame decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        int count = bytes.get();
        List<Entry> entries = new ArrayList<>(count);
        byte[] token = new byte[Token.LENGTH];
        for (int i = 0; i < count; i++) {
            CacheKey key = new CacheKey(bytes.getLong(), bytes.getLong());
            bytes.get(token);
            entries.add(new Entry(key, Token.of(token)));
        }
        return new Frame(entries);
    }
}
