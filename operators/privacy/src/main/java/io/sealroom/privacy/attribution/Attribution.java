package io.sealroom.privacy.attribution;

import io.sealroom.schemas.policy.AttributionQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Credits one conversion of one query.
 *
 * @param rules eligibility and order
 * @param model how credit is shared
 */
public record Attribution(AttributionRules rules, CreditModel model) {

    /** As a policy's query has it. */
    public static Attribution of(AttributionQuery query) {
        return new Attribution(
                new AttributionRules(
                        new LookBack(query.viewMinAgeMillis(), query.viewLookbackMillis()),
                        new LookBack(query.clickMinAgeMillis(), query.clickLookbackMillis()),
                        query.clicksFirst(),
                        query.touchesMax()),
                CreditModel.of(query));
    }

    /**
     * The credits of an admitted conversion: count and value each sum to the whole of it exactly.
     * Cells may repeat; touches without credit are left out.
     *
     * @param conversion value already clamped by {@link OwnTokenCap}
     * @param touches of the conversion's tokens, in any order, ineligible ones included
     * @throws IllegalArgumentException for a negative value
     */
    public List<Credit> credit(Conversion conversion, Collection<Touch> touches) {
        List<Touch> ranked = rank(conversion.time(), touches);
        if (ranked.isEmpty()) {
            return List.of(
                    new Credit(
                            Credit.UNATTRIBUTED,
                            Credit.CONVERSION_MICRO_UNITS,
                            requireClamped(conversion.value())));
        }
        long[] weights = model.weights(conversion, ranked);
        long[] microUnits = CreditSplit.split(Credit.CONVERSION_MICRO_UNITS, weights);
        long[] values = CreditSplit.split(requireClamped(conversion.value()), weights);
        List<Credit> credits = new ArrayList<>(ranked.size());
        for (int i = 0; i < ranked.size(); i++) {
            if (microUnits[i] > 0 || values[i] > 0) {
                credits.add(new Credit(ranked.get(i).cell(), microUnits[i], values[i]));
            }
        }
        return credits;
    }

    /**
     * The touches a model sees for a conversion at this time: eligible ones, in order, N at most.
     */
    public List<Touch> rank(long conversionTime, Collection<Touch> touches) {
        Comparator<Touch> order = rules.order();
        List<Touch> ranked = new ArrayList<>(rules.touchesMax() + 1);
        for (Touch touch : touches) {
            if (!rules.isEligible(touch, conversionTime)) {
                continue;
            }
            // Into its place among the N at most: many touches are looked at once, not sorted.
            int at = ranked.size();
            while (at > 0 && order.compare(touch, ranked.get(at - 1)) < 0) {
                at--;
            }
            if (at < rules.touchesMax()) {
                ranked.add(at, touch);
            }
            if (ranked.size() > rules.touchesMax()) {
                ranked.remove(rules.touchesMax());
            }
        }
        return ranked;
    }

    private static long requireClamped(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("value must have been clamped to 0 or more");
        }
        return value;
    }
}
