package io.sealroom.schemas.record;

import java.util.Optional;

/** What decoding found: a record, or why there is none. Decoding never throws on bytes. */
public sealed interface Decoded<T> {

    record Ok<T>(T record) implements Decoded<T> {}

    record Refused<T>(Fault fault) implements Decoded<T> {}

    /** Why bytes are not a record. */
    enum Fault {
        UNDECODABLE,
        UNKNOWN_SCHEMA,
        TRAILING_BYTES
    }

    default Optional<T> toOptional() {
        return this instanceof Ok<T> ok ? Optional.of(ok.record()) : Optional.empty();
    }
}
