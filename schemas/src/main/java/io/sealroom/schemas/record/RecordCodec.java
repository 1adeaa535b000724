package io.sealroom.schemas.record;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One record type and its bytes: Avro single-object encoding, nothing after it. It writes one
 * schema and reads that and, where the type has grown, the one before.
 *
 * @param <T> the record
 */
public final class RecordCodec<T> {

    private final RecordSchema schema;
    private final Body<T> body;
    private final @Nullable Earlier<T> earlier;

    RecordCodec(String schemaName, Body<T> body) {
        this(schemaName, body, null);
    }

    RecordCodec(String schemaName, Body<T> body, @Nullable Earlier<T> earlier) {
        this.schema = RecordSchema.load(schemaName);
        this.body = body;
        this.earlier = earlier;
    }

    interface Reading<T> {
        T read(BoundedReader reader) throws IOException;
    }

    /** How the fields stand in the Avro body, in schema order. */
    interface Body<T> extends Reading<T> {
        void write(RecordWriter writer, T value);
    }

    /** A schema that is no longer written: topics are kept for longer than a version lives. */
    record Earlier<T>(RecordSchema schema, Reading<T> reading) {}

    public RecordSchema schema() {
        return schema;
    }

    /**
     * @throws IllegalArgumentException if a fixed-length field has another length
     */
    public byte[] encode(T value) {
        RecordWriter writer = new RecordWriter(schema);
        body.write(writer, value);
        return writer.toBytes();
    }

    /** Never throws, whatever the bytes. */
    public Decoded<T> decode(byte[] bytes) {
        if (!RecordSchema.hasMarker(bytes)) {
            return new Decoded.Refused<>(Decoded.Fault.UNDECODABLE);
        }
        Reading<T> reading = reading(RecordSchema.fingerprintOf(bytes));
        if (reading == null) {
            return new Decoded.Refused<>(Decoded.Fault.UNKNOWN_SCHEMA);
        }
        try {
            BoundedReader reader = new BoundedReader(bytes, RecordSchema.HEADER_LENGTH);
            T value = reading.read(reader);
            return reader.isEnd()
                    ? new Decoded.Ok<>(value)
                    : new Decoded.Refused<>(Decoded.Fault.TRAILING_BYTES);
        } catch (IOException | RuntimeException e) {
            return new Decoded.Refused<>(Decoded.Fault.UNDECODABLE);
        }
    }

    /** Whether the header names this record type. */
    public boolean matches(byte[] bytes) {
        return RecordSchema.hasMarker(bytes) && reading(RecordSchema.fingerprintOf(bytes)) != null;
    }

    private @Nullable Reading<T> reading(long fingerprint) {
        if (fingerprint == schema.fingerprint()) {
            return body;
        }
        return earlier != null && fingerprint == earlier.schema().fingerprint()
                ? earlier.reading()
                : null;
    }
}
