package io.sealroom.schemas.release;

import java.util.Optional;

/** What a row measures; the codes are hashed. */
public enum Metric {
    OVERLAP_TOTAL(0),
    REACH(1),
    OVERLAP_CELL(2),
    /** Millionths of a conversion. */
    COUNT(3),
    /** Minor units. */
    VALUE(4),
    CONVERTERS(5),
    CAPS(6);

    private final int code;

    Metric(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<Metric> ofCode(int code) {
        for (Metric metric : values()) {
            if (metric.code == code) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }
}
