package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Avro binary body. No length or count in the bytes is believed before it is compared
 * with its bound, so that a few hostile bytes cannot ask for gigabytes. One reader for one message:
 * a shared buffer would let trailing bytes of one message be decoded as the next.
 */
final class BoundedReader {

    private final BinaryDecoder decoder;

    BoundedReader(byte[] bytes, int offset) {
        this.decoder =
                DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
    }

    interface Item<T> {
        T read(BoundedReader reader) throws IOException;
    }

    boolean isEnd() throws IOException {
        return decoder.isEnd();
    }

    boolean bool() throws IOException {
        return decoder.readBoolean();
    }

    int int32() throws IOException {
        return decoder.readInt();
    }

    long int64() throws IOException {
        return decoder.readLong();
    }

    /** An int that stands for an unsigned number: hashes and signed structs have no other form. */
    int notNegative32() throws IOException {
        int value = decoder.readInt();
        if (value < 0) {
            throw new IOException("negative");
        }
        return value;
    }

    /** A long that stands for an unsigned number. */
    long notNegative64() throws IOException {
        long value = decoder.readLong();
        if (value < 0) {
            throw new IOException("negative");
        }
        return value;
    }

    <E extends Enum<E>> E symbol(Class<E> type) throws IOException {
        int index = decoder.readEnum();
        E[] symbols = type.getEnumConstants();
        if (index < 0 || index >= symbols.length) {
            throw new IOException("enum index out of bounds");
        }
        return symbols[index];
    }

    byte[] fixed(int length) throws IOException {
        byte[] bytes = new byte[length];
        decoder.readFixed(bytes, 0, length);
        return bytes;
    }

    Bytes32 bytes32() throws IOException {
        return Bytes32.of(fixed(Bytes32.LENGTH));
    }

    Bytes fixedBytes(int length) throws IOException {
        return Bytes.of(fixed(length));
    }

    byte[] bytes(int lengthMax) throws IOException {
        // Avro's own readBytes allocates what the length says before it looks for the bytes.
        long length = decoder.readLong();
        if (length < 0 || length > lengthMax) {
            throw new IOException("length out of bounds");
        }
        return fixed((int) length);
    }

    String text(int bytesMax) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(bytesMax)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("not UTF-8", e);
        }
    }

    /** A union of null and one other branch, null first. */
    <T> @Nullable T nullable(Item<T> item) throws IOException {
        int branch = decoder.readIndex();
        if (branch != 0 && branch != 1) {
            throw new IOException("union branch out of bounds");
        }
        return branch == 0 ? null : item.read(this);
    }

    <T> List<T> list(int countMax, Item<T> item) throws IOException {
        List<T> items = new ArrayList<>();
        for (long block = decoder.readArrayStart(); block > 0; block = decoder.arrayNext()) {
            if (block > countMax - items.size()) {
                throw new IOException("count out of bounds");
            }
            for (long i = 0; i < block; i++) {
                items.add(item.read(this));
            }
        }
        return items;
    }
}
