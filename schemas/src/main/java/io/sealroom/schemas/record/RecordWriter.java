package io.sealroom.schemas.record;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Writes one Avro binary body in single-object encoding. */
final class RecordWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);

    RecordWriter(RecordSchema schema) {
        out.writeBytes(schema.header());
    }

    interface Item<T> {
        void write(RecordWriter writer, T value);
    }

    private interface Step {
        void run() throws IOException;
    }

    RecordWriter bool(boolean value) {
        return step(() -> encoder.writeBoolean(value));
    }

    RecordWriter int32(int value) {
        return step(() -> encoder.writeInt(value));
    }

    RecordWriter int64(long value) {
        return step(() -> encoder.writeLong(value));
    }

    // An Avro enum is written as its position, and these enums are declared in schema order.
    @SuppressWarnings("EnumOrdinal")
    RecordWriter symbol(Enum<?> value) {
        return step(() -> encoder.writeEnum(value.ordinal()));
    }

    RecordWriter text(String value) {
        return step(() -> encoder.writeString(new Utf8(value)));
    }

    RecordWriter bytes(byte[] value) {
        return step(() -> encoder.writeBytes(value));
    }

    RecordWriter fixed(byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException(
                    String.format("value must be %d bytes, got %d", length, value.length));
        }
        return step(() -> encoder.writeFixed(value));
    }

    RecordWriter bytes32(Bytes32 value) {
        return fixed(value.toBytes(), Bytes32.LENGTH);
    }

    RecordWriter fixed(Bytes value, int length) {
        return fixed(value.toBytes(), length);
    }

    <T> RecordWriter nullable(@Nullable T value, Item<T> item) {
        step(() -> encoder.writeIndex(value == null ? 0 : 1));
        if (value != null) {
            item.write(this, value);
        }
        return this;
    }

    <T> RecordWriter list(List<T> values, Item<T> item) {
        step(
                () -> {
                    encoder.writeArrayStart();
                    encoder.setItemCount(values.size());
                });
        for (T value : values) {
            step(encoder::startItem);
            item.write(this, value);
        }
        return step(encoder::writeArrayEnd);
    }

    byte[] toBytes() {
        step(encoder::flush);
        return out.toByteArray();
    }

    private RecordWriter step(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return this;
    }
}
