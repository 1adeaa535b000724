package io.sealroom.partner.tokens;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EvaluationRequest;
import java.time.Duration;

/**
 * How often live batches leave, and of how many elements each is. Padding counts against the quota
 * like anything else, so only a cadence that fits the policy's quota can be built.
 */
public final class Cadence {

    /** Elements of a batch, unless the quota is too small for as many at any default period. */
    public static final int SIZE_DEFAULT = 64;

    public static final Duration PERIOD_MIN = Duration.ofMillis(50);
    public static final Duration PERIOD_DEFAULT_MIN = Duration.ofSeconds(1);
    public static final Duration PERIOD_DEFAULT_MAX = Duration.ofMinutes(10);

    private static final long SECOND = 1000;

    private final long periodMillis;
    private final int size;

    private Cadence(long periodMillis, int size) {
        this.periodMillis = periodMillis;
        this.size = size;
    }

    /**
     * @param size elements of one batch
     * @throws AgentException with the numbers, if the period or size breaks its rule, or the quota
     *     would not last for one epoch
     */
    public static Cadence of(Policy policy, Duration period, int size) throws AgentException {
        if (size < 1 || size > EvaluationRequest.ELEMENTS_MAX) {
            throw AgentException.badInput(
                    "live batches must be of 1 to %d elements, got %d",
                    EvaluationRequest.ELEMENTS_MAX, size);
        }
        if (period.compareTo(PERIOD_MIN) < 0 || period.toMillis() > policy.epochMillis()) {
            throw AgentException.badInput(
                    "the period of live batches must be from %s to %s, got %s",
                    PERIOD_MIN, Duration.ofMillis(policy.epochMillis()), period);
        }
        long elements = elementsPerEpoch(policy, period.toMillis(), size);
        if (elements > policy.quota()) {
            throw AgentException.badInput(
                    "live batches of %d elements every %s are up to %d elements an epoch, padding"
                            + " included; the policy's quota is %d: %s",
                    size, period, elements, policy.quota(), whatFits(policy, size));
        }
        return new Cadence(period.toMillis(), size);
    }

    /** As {@link #byDefault(Policy, int)}, for batches of {@link #SIZE_DEFAULT}. */
    static Cadence byDefault(Policy policy) throws AgentException {
        return byDefault(policy, SIZE_DEFAULT);
    }

    /**
     * The largest batch, halved as needed, that leaves at least every {@link #PERIOD_DEFAULT_MAX},
     * and the shortest period of whole seconds for it, so that half of the quota remains for bulk
     * work and for what is asked again.
     *
     * @param wanted elements of a batch, if the quota is large enough for them
     * @throws AgentException if the quota is too small for single elements
     */
    public static Cadence byDefault(Policy policy, int wanted) throws AgentException {
        for (int size = wanted; size >= 1; size /= 2) {
            long period = PERIOD_DEFAULT_MIN.toMillis();
            while (period <= PERIOD_DEFAULT_MAX.toMillis()) {
                if (elementsPerEpoch(policy, period, size) <= policy.quota() / 2) {
                    return new Cadence(period, size);
                }
                period += SECOND;
            }
        }
        throw AgentException.badInput(
                "half of the policy's quota of %d is less than one element every %s for all open"
                        + " epochs: state the period and size of live batches, or tokenise in bulk"
                        + " only",
                policy.quota(), PERIOD_DEFAULT_MAX);
    }

    /** Elements that every other partner evaluates in one epoch of wall-clock time, at most. */
    static long elementsPerEpoch(Policy policy, long periodMillis, int size) {
        return new OpenEpochs(policy).batchesPerEpoch(periodMillis) * size;
    }

    private static String whatFits(Policy policy, int size) {
        long low = 1;
        long high = policy.epochMillis() / SECOND;
        if (elementsPerEpoch(policy, high * SECOND, size) > policy.quota()) {
            return "no period fits, only smaller batches";
        }
        while (low < high) {
            long middle = (low + high) / 2;
            if (elementsPerEpoch(policy, middle * SECOND, size) <= policy.quota()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return "the shortest period that fits is " + Duration.ofSeconds(low);
    }

    public Duration period() {
        return Duration.ofMillis(periodMillis);
    }

    public int size() {
        return size;
    }

    @Override
    public String toString() {
        return size + " elements every " + period();
    }
}
