package io.sealroom.privacy.attribution;

import io.sealroom.schemas.policy.AttributionQuery;
import java.util.Collection;
import java.util.List;

/**
 * The cap on conversions of one token in one epoch: the first C by (time, event id) are admitted,
 * their values clamped to [0, V]. It makes the sensitivities of attributed count and value true.
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

    /**
     * The admitted ones, oldest first, values clamped. The caller adds their number to what is
     * used.
     *
     * @param conversions standing conversions of the token in one epoch, all later than those that
     *     were given before
     * @param used how many the token has had admitted in the epoch
     */
    public List<Conversion> admit(Collection<Conversion> conversions, int used) {
        if (used < 0 || used > conversionsMax) {
            throw new IllegalArgumentException(
                    "used must be in [0, " + conversionsMax + "], got " + used);
        }
        return conversions.stream()
                .sorted(Conversion.OLDEST_FIRST)
                .limit(conversionsMax - used)
                .map(this::clamp)
                .toList();
    }

    private Conversion clamp(Conversion conversion) {
        return new Conversion(
                conversion.time(),
                conversion.idHigh(),
                conversion.idLow(),
                Math.max(0, Math.min(valueMax, conversion.value())));
    }
}
