package io.sealroom.privacy.attribution;

import java.util.Comparator;

/**
 * Which touches of a conversion count for a query, and in what order.
 *
 * @param views ages of eligible views
 * @param clicks ages of eligible clicks
 * @param clicksFirst whether every click comes before every view
 * @param touchesMax how many touches, from the first in order, a model sees: 1 to 10
 */
public record AttributionRules(
        LookBack views, LookBack clicks, boolean clicksFirst, int touchesMax) {

    /** Bounds what is kept of a token and what a conversion can touch. */
    public static final int TOUCHES_MAX = 10;

    private static final Comparator<Touch> CLICKS_FIRST =
            Comparator.comparing(Touch::click).reversed().thenComparing(Touch.NEWEST_FIRST);

    public AttributionRules {
        if (touchesMax < 1 || touchesMax > TOUCHES_MAX) {
            throw new IllegalArgumentException(
                    "touchesMax must be in [1, " + TOUCHES_MAX + "], got " + touchesMax);
        }
    }

    /** Whether a touch may be credited with a conversion at the given time. */
    public boolean isEligible(Touch touch, long conversionTime) {
        // Times lie within a room, so the difference does not overflow.
        long age = conversionTime - touch.time();
        LookBack lookBack = lookBack(touch);
        return lookBack.isRipe(age) && !lookBack.isExpired(age);
    }

    /** The order in which a model sees touches: total over touches that stand. */
    public Comparator<Touch> order() {
        return clicksFirst ? CLICKS_FIRST : Touch.NEWEST_FIRST;
    }

    LookBack lookBack(Touch touch) {
        return touch.click() ? clicks : views;
    }
}
