package io.sealroom.partner.input;

import io.sealroom.schemas.hash.Bytes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines, and holds no more of one than the longest event, or identifier,
 * needs.
 */
public final class JsonEventLines implements Closeable {

    /** Longest line, in bytes, without its end. */
    public static final int LENGTH_MAX = 65_536;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[LENGTH_MAX];
    private long lines;

    /**
     * One line that is not empty.
     *
     * @param number from 1
     * @param bytes null if it is longer than {@link #LENGTH_MAX}
     */
    public record Line(long number, @Nullable Bytes bytes) {

        /** The number only: the rest says something about a person. */
        @Override
        public String toString() {
            return "Line[" + number + "]";
        }
    }

    public JsonEventLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next line with anything in it; null at the end. */
    public @Nullable Line next() throws IOException {
        while (true) {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            lines++;
            int length = 0;
            boolean tooLong = false;
            while (c >= 0 && c != '\n') {
                if (length < LENGTH_MAX) {
                    buffer[length++] = (byte) c;
                } else {
                    tooLong = true;
                }
                c = in.read();
            }
            if (tooLong) {
                return new Line(lines, null);
            }
            byte[] line = withoutEnds(length);
            if (line.length > 0) {
                return new Line(lines, Bytes.of(line));
            }
        }
    }

    private byte[] withoutEnds(int length) {
        int from =
                lines == 1
                                && length >= BYTE_ORDER_MARK.length
                                && Arrays.equals(
                                        buffer,
                                        0,
                                        BYTE_ORDER_MARK.length,
                                        BYTE_ORDER_MARK,
                                        0,
                                        BYTE_ORDER_MARK.length)
                        ? BYTE_ORDER_MARK.length
                        : 0;
        int to = length > from && buffer[length - 1] == '\r' ? length - 1 : length;
        return Arrays.copyOfRange(buffer, from, to);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
