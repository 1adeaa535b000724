package io.sealroom.privacy.attribution;

import io.sealroom.schemas.policy.AttributionQuery;

/**
 * The cap on conversions of one token in one epoch: the first C by (time, event id) are admitted
 * ({@link ConversionAdmission}), their values clamped to [0, V].
 *
 * @param conversionsMax the cap C, at least 1
 * @param valueMax the cap V in minor units, at least 1
 */
public record OwnTokenCap(int conversionsMax, long valueMax) {

    public OwnTokenCap {
        if (conversionsMax < 1) {
            throw new IllegalArgumentException(
                    "conversionsMax must be positive, got " + conversionsMax);
        }
        if (valueMax < 1) {
            throw new IllegalArgumentException("valueMax must be positive, got " + valueMax);
        }
    }

    /** As a policy's query has it. */
    public static OwnTokenCap of(AttributionQuery query) {
        return new OwnTokenCap(query.conversionsPerEpoch(), query.valueMax());
    }

    /** The value with which a conversion counts. */
    public long clamp(long value) {
        return Math.max(0, Math.min(valueMax, value));
    }
}
