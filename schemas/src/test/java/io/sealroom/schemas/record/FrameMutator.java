package io.sealroom.schemas.record;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages frames as a channel does, and forges them as one who knows the encoding: wrong lengths
 * and counts, parts of two frames, headers of other schemas. One in eight is left as it is. Seeded,
 * so that what failed can be had again.
 */
final class FrameMutator {

    /** Lengths, counts and indices that a reader may stumble over. */
    private static final long[] TELLING = {
        0,
        1,
        -1,
        2,
        63,
        64,
        65,
        1024,
        1025,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final Random random;
    private final List<byte[]> frames;
    private final List<byte[]> others;

    /**
     * @param frames good frames of one record type
     * @param others good frames of other types
     */
    FrameMutator(long seed, List<byte[]> frames, List<byte[]> others) {
        this.random = new Random(seed);
        this.frames = frames;
        this.others = others;
    }

    byte[] next() {
        byte[] frame = pick(frames).clone();
        if (random.nextInt(8) == 0) {
            return frame;
        }
        byte[] mutated = mutate(frame);
        return random.nextInt(4) == 0 ? mutate(mutated) : mutated;
    }

    private byte[] mutate(byte[] frame) {
        int at = random.nextInt(frame.length + 1);
        int until = at + random.nextInt(frame.length - at + 1);
        return switch (random.nextInt(11)) {
            case 0 -> flip(frame);
            case 1 -> overwrite(frame, at, until);
            case 2 -> Arrays.copyOf(frame, at);
            case 3 -> replace(frame, frame.length, frame.length, bytes(1 + random.nextInt(40)));
            case 4 -> replace(frame, at, at, bytes(1 + random.nextInt(8)));
            case 5 -> replace(frame, at, until, new byte[0]);
            case 6 -> replace(frame, at, at, Arrays.copyOfRange(frame, at, until));
            case 7 -> splice(frame, pick(frames));
            case 8 -> splice(frame, pick(others));
            case 9 -> number(frame);
            default -> swap(frame);
        };
    }

    private byte[] flip(byte[] frame) {
        for (int i = random.nextInt(3); i >= 0 && frame.length > 0; i--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }

    private byte[] overwrite(byte[] frame, int from, int to) {
        Arrays.fill(frame, from, Math.min(to, from + 8), (byte) (random.nextBoolean() ? 0 : 0xff));
        return frame;
    }

    /** The head of one and the tail of another frame, each as long as it was. */
    private byte[] splice(byte[] head, byte[] tail) {
        int at = random.nextInt(Math.min(head.length, tail.length) + 1);
        return replace(head, at, head.length, Arrays.copyOfRange(tail, at, tail.length));
    }

    /** One byte gives way to a number in Avro's encoding: often that byte was one. */
    private byte[] number(byte[] frame) {
        if (frame.length <= RecordSchema.HEADER_LENGTH) {
            return frame;
        }
        int at =
                RecordSchema.HEADER_LENGTH
                        + random.nextInt(frame.length - RecordSchema.HEADER_LENGTH);
        return replace(frame, at, at + 1, varint(TELLING[random.nextInt(TELLING.length)]));
    }

    /** Two parts of equal length change places. */
    private byte[] swap(byte[] frame) {
        int length = 1 + random.nextInt(33);
        if (frame.length < 2 * length) {
            return frame;
        }
        int first = random.nextInt(frame.length - 2 * length + 1);
        int second = first + length + random.nextInt(frame.length - first - 2 * length + 1);
        byte[] part = Arrays.copyOfRange(frame, first, first + length);
        System.arraycopy(frame, second, frame, first, length);
        System.arraycopy(part, 0, frame, second, length);
        return frame;
    }

    private static byte[] replace(byte[] frame, int from, int to, byte[] part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame, 0, from);
        out.writeBytes(part);
        out.write(frame, to, frame.length - to);
        return out.toByteArray();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] pick(List<byte[]> from) {
        return from.get(random.nextInt(from.size()));
    }
}
