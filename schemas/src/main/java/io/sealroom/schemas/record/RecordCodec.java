package io.sealroom.schemas.record;

import java.io.IOException;

/**
 * One record type and its bytes: Avro single-object encoding, nothing after it.
 *
 * @param <T> the record
 */
public final class RecordCodec<T> {

    private final RecordSchema schema;
    private final Body<T> body;

    RecordCodec(String schemaName, Body<T> body) {
        this.schema = RecordSchema.load(schemaName);
        this.body = body;
    }

    /** How the fields stand in the Avro body, in schema order. */
    interface Body<T> {
        void write(RecordWriter writer, T value);

        T read(BoundedReader reader) throws IOException;
    }

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
        if (!matches(bytes)) {
            return new Decoded.Refused<>(Decoded.Fault.UNKNOWN_SCHEMA);
        }
        try {
            BoundedReader reader = new BoundedReader(bytes, RecordSchema.HEADER_LENGTH);
            T value = body.read(reader);
            return reader.isEnd()
                    ? new Decoded.Ok<>(value)
                    : new Decoded.Refused<>(Decoded.Fault.TRAILING_BYTES);
        } catch (IOException | RuntimeException e) {
            return new Decoded.Refused<>(Decoded.Fault.UNDECODABLE);
        }
    }

    /** Whether the header names this record type. */
    public boolean matches(byte[] bytes) {
        return RecordSchema.hasMarker(bytes)
                && RecordSchema.fingerprintOf(bytes) == schema.fingerprint();
    }
}
