package io.sealroom.privacy.attribution;

import io.sealroom.schemas.policy.AttributionQuery;
import java.util.Arrays;
import java.util.List;

/** How the credit of a conversion is shared among its touches. */
@FunctionalInterface
public interface CreditModel {

    /** All credit to the first touch in order. */
    CreditModel LAST_TOUCH = (conversion, touches) -> all(0, touches.size());

    /** All credit to the last touch in order: with clicksFirst the oldest view, if there is one. */
    CreditModel FIRST_TOUCH = (conversion, touches) -> all(touches.size() - 1, touches.size());

    /** The same to every touch. */
    CreditModel LINEAR = (conversion, touches) -> equal(touches.size());

    /**
     * 40 % to either end of the order and 20 % to all between together; a single touch takes all,
     * two take half each.
     */
    CreditModel POSITION = (conversion, touches) -> position(touches.size());

    /** The model that a policy's query names. */
    static CreditModel of(AttributionQuery query) {
        return switch (query.model()) {
            case LAST_TOUCH -> LAST_TOUCH;
            case FIRST_TOUCH -> FIRST_TOUCH;
            case LINEAR -> LINEAR;
            case POSITION -> POSITION;
            case TIME_DECAY -> new TimeDecay(query.halfLifeMillis());
        };
    }

    /**
     * Weights, one for each touch: not negative, with a positive sum that fits a long. They are
     * ratios; the credits are made exact by {@link CreditSplit}.
     *
     * @param conversion the conversion
     * @param touches eligible touches in order, 1 to {@link AttributionRules#touchesMax}
     */
    long[] weights(Conversion conversion, List<Touch> touches);

    private static long[] all(int touch, int touches) {
        long[] weights = new long[touches];
        weights[touch] = 1;
        return weights;
    }

    private static long[] equal(int touches) {
        long[] weights = new long[touches];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static long[] position(int touches) {
        long[] weights = equal(touches);
        int middles = touches - 2;
        if (middles > 0) {
            // 2 m for either end and 1 for each of the m between: 2 m of 5 m are 40 %.
            weights[0] = 2L * middles;
            weights[touches - 1] = 2L * middles;
        }
        return weights;
    }
}
