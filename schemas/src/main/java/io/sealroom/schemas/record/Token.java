package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Bytes32;

/**
 * A blinded identifier: the 32-byte OPRF output of one epoch, as four longs so that it can key a
 * stream. Pseudonymous, so its text shows 4 bytes only.
 */
public record Token(long w0, long w1, long w2, long w3) implements Comparable<Token> {

    public static final int LENGTH = 32;

    /** Stands in slot 1 during the room's first epoch, and matches nothing. */
    public static final Token NONE = new Token(0, 0, 0, 0);

    /**
     * @throws IllegalArgumentException if {@code bytes} is not 32 bytes long
     */
    public static Token of(byte[] bytes) {
        Bytes32 words = Bytes32.of(bytes);
        return new Token(words.w0(), words.w1(), words.w2(), words.w3());
    }

    public byte[] toBytes() {
        return new Bytes32(w0, w1, w2, w3).toBytes();
    }

    @Override
    public int compareTo(Token other) {
        return new Bytes32(w0, w1, w2, w3)
                .compareTo(new Bytes32(other.w0, other.w1, other.w2, other.w3));
    }

    @Override
    public String toString() {
        return String.format("Token[%08x...]", (int) (w0 >>> 32));
    }
}
