package io.sealroom.privacy.oprf;

import java.util.Optional;
import java.util.function.Function;

/** A value built from foreign bytes, or the reason why there is none. */
public sealed interface Checked<T> {

    /**
     * @param value well formed; nothing illegal can be built
     */
    record Accepted<T>(T value) implements Checked<T> {}

    /**
     * @param reason the first rule that the bytes break
     */
    record Refused<T>(EncodingRefusal reason) implements Checked<T> {}

    default Optional<T> accepted() {
        return this instanceof Accepted<T> found ? Optional.of(found.value()) : Optional.empty();
    }

    default <R> Checked<R> map(Function<T, R> next) {
        return this instanceof Accepted<T> found
                ? new Accepted<>(next.apply(found.value()))
                : new Refused<>(((Refused<T>) this).reason());
    }

    /**
     * The value, where only a programming fault could have spoilt the bytes.
     *
     * @throws IllegalArgumentException with the reason, if refused
     */
    default T orElseThrow() {
        if (this instanceof Refused<T> refused) {
            throw new IllegalArgumentException("refused: " + refused.reason());
        }
        return ((Accepted<T>) this).value();
    }
}
