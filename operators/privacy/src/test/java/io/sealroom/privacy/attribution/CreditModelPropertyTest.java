package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.AttributionModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every model against the shares that DESIGN 6 gives in words, on random touches. */
class CreditModelPropertyTest {

    private static final int ROUNDS = 2000;
    private static final List<AttributionModel> MODELS = List.of(AttributionModel.values());
    private static final Conversion CONVERSION =
            new Conversion(AttributionFixture.HORIZON, 0, 1, 0);

    /** TIME_DECAY rounds its weights: of ages up to ten half-lives by less than this, in all. */
    private static final BigDecimal ROUNDING = BigDecimal.valueOf(1e-7);

    @Test
    void credit_everyModel_isTheExactShareRounded() {
        Map<AttributionModel, Integer> several = new EnumMap<>(AttributionModel.class);
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            AttributionModel model = MODELS.get(random.nextInt(MODELS.size()));
            long halfLife = 6L + random.nextInt(40);
            Attribution attribution =
                    new Attribution(AttributionFixture.randomRules(random), of(model, halfLife));
            long value = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextLong(1L << 40);
            Conversion conversion = new Conversion(CONVERSION.time(), 0, 1, value);
            List<Touch> touches = inOwnCells(AttributionFixture.randomTouches(random, 12));
            List<Touch> order = naiveOrder(attribution.rules(), touches);

            List<Credit> credits = attribution.credit(conversion, touches);

            assertThat(credits.stream().mapToLong(Credit::microUnits).sum())
                    .as("seed %s", seed)
                    .isEqualTo(1_000_000);
            assertThat(credits.stream().mapToLong(Credit::value).sum())
                    .as("seed %s", seed)
                    .isEqualTo(value);
            for (int i = 0; i < order.size(); i++) {
                Credit credit = of(order.get(i).cell(), credits);
                BigDecimal share = share(model, halfLife, order, i);
                requireNear(seed, credit.microUnits(), 1_000_000, share);
                requireNear(seed, credit.value(), value, share);
            }
            Collections.shuffle(touches, random);
            assertThat(attribution.credit(conversion, touches))
                    .as("seed %s", seed)
                    .isEqualTo(credits);
            if (order.size() > 2) {
                several.merge(model, 1, Integer::sum);
            }
        }
        assertThat(several).hasSize(5).allSatisfy((model, times) -> assertThat(times).isPositive());
    }

    private static CreditModel of(AttributionModel model, long halfLife) {
        return switch (model) {
            case LAST_TOUCH -> CreditModel.LAST_TOUCH;
            case FIRST_TOUCH -> CreditModel.FIRST_TOUCH;
            case LINEAR -> CreditModel.LINEAR;
            case POSITION -> CreditModel.POSITION;
            case TIME_DECAY -> new TimeDecay(halfLife);
        };
    }

    /** Part number {@code i} in words: percentages, and for TIME_DECAY a power of a half. */
    private static BigDecimal share(
            AttributionModel model, long halfLife, List<Touch> order, int i) {
        int size = order.size();
        boolean end = i == 0 || i == size - 1;
        double share =
                switch (model) {
                    case LAST_TOUCH -> i == 0 ? 1 : 0;
                    case FIRST_TOUCH -> i == size - 1 ? 1 : 0;
                    case LINEAR -> 1.0 / size;
                    case POSITION -> size == 1 ? 1 : size == 2 ? 0.5 : end ? 0.4 : 0.2 / (size - 2);
                    case TIME_DECAY ->
                            decay(halfLife, order.get(i))
                                    / order.stream().mapToDouble(it -> decay(halfLife, it)).sum();
                };
        return BigDecimal.valueOf(share);
    }

    private static double decay(long halfLife, Touch touch) {
        long age = CONVERSION.time() - touch.time();
        return Math.pow(0.5, Math.floorDiv(64 * age, halfLife) / 64.0);
    }

    private static void requireNear(long seed, long part, long amount, BigDecimal share) {
        BigDecimal whole = BigDecimal.valueOf(amount);
        BigDecimal gap =
                BigDecimal.valueOf(part).subtract(whole.multiply(share, MathContext.DECIMAL64));
        assertThat(gap.abs())
                .as("seed %s", seed)
                .isLessThan(BigDecimal.ONE.add(whole.multiply(ROUNDING)));
    }

    private static Credit of(int cell, List<Credit> credits) {
        return credits.stream()
                .filter(credit -> credit.cell() == cell)
                .findFirst()
                .orElse(new Credit(cell, 0, 0));
    }

    /** Each touch with a cell of its own: a credit then names its touch. */
    private static List<Touch> inOwnCells(List<Touch> touches) {
        List<Touch> renamed = new ArrayList<>();
        for (Touch touch : touches) {
            renamed.add(
                    new Touch(
                            touch.time(),
                            touch.idHigh(),
                            touch.idLow(),
                            renamed.size(),
                            touch.click()));
        }
        return renamed;
    }

    /** One selection after the other, instead of a sort. */
    private static List<Touch> naiveOrder(AttributionRules rules, List<Touch> touches) {
        List<Touch> left = new ArrayList<>();
        for (Touch touch : touches) {
            LookBack lookBack = touch.click() ? rules.clicks() : rules.views();
            long age = CONVERSION.time() - touch.time();
            if (age > 0 && age >= lookBack.minAgeMillis() && age <= lookBack.lookBackMillis()) {
                left.add(touch);
            }
        }
        List<Touch> order = new ArrayList<>();
        while (!left.isEmpty() && order.size() < rules.touchesMax()) {
            Touch best = left.get(0);
            for (Touch touch : left) {
                best = isBefore(rules.clicksFirst(), touch, best) ? touch : best;
            }
            order.add(best);
            left.remove(best);
        }
        return order;
    }

    private static boolean isBefore(boolean clicksFirst, Touch a, Touch b) {
        if (clicksFirst && a.click() != b.click()) {
            return a.click();
        }
        long[] mine = {a.time(), a.idHigh() + Long.MIN_VALUE, a.idLow() + Long.MIN_VALUE, a.cell()};
        long[] other = {
            b.time(), b.idHigh() + Long.MIN_VALUE, b.idLow() + Long.MIN_VALUE, b.cell()
        };
        return Arrays.compare(mine, other) > 0;
    }
}
