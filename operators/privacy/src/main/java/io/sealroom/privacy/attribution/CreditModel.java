package io.sealroom.privacy.attribution;

import io.sealroom.schemas.policy.AttributionModel;
import java.util.List;

/** How the credit of a conversion is shared among its touches. */
@FunctionalInterface
public interface CreditModel {

    /** All credit to the first touch in order. */
    CreditModel LAST_TOUCH =
            (conversion, touches) -> {
                long[] weights = new long[touches.size()];
                weights[0] = 1;
                return weights;
            };

    /** The model that a policy names. */
    static CreditModel of(AttributionModel model) {
        return switch (model) {
            case LAST_TOUCH -> LAST_TOUCH;
            case FIRST_TOUCH, LINEAR, POSITION, TIME_DECAY ->
                    throw new IllegalArgumentException("model must be LAST_TOUCH, got " + model);
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
}
