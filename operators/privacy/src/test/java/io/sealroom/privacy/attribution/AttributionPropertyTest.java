package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.dp.Sensitivity;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Random tokens against a naive reading of the rules, and against the sensitivities. */
class AttributionPropertyTest {

    private static final int ROUNDS = 5000;

    @Test
    void credit_anyArrivalOrder_equalsTheNaiveRules() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            AttributionRules rules = AttributionFixture.randomRules(random);
            Attribution attribution = new Attribution(rules, CreditModel.LAST_TOUCH);
            List<Touch> touches = AttributionFixture.randomTouches(random, 12);
            Conversion conversion =
                    new Conversion(random.nextLong(AttributionFixture.HORIZON), 0, 1, 77);

            List<Credit> credits = attribution.credit(conversion, touches);

            assertThat(credits)
                    .as("seed %s", seed)
                    .containsExactly(
                            new Credit(naiveCell(rules, conversion, touches), 1_000_000, 77));
            Collections.shuffle(touches, random);
            assertThat(attribution.credit(conversion, touches))
                    .as("seed %s", seed)
                    .isEqualTo(credits);
        }
    }

    @Test
    void credit_anyModel_sumsToTheWholeConversion() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Attribution attribution = randomModel(random);
            Conversion conversion = new Conversion(50, 0, 1, random.nextInt(1000));
            List<Credit> credits =
                    attribution.credit(conversion, AttributionFixture.randomTouches(random, 12));
            assertThat(credits.stream().mapToLong(Credit::microUnits).sum())
                    .as("seed %s", seed)
                    .isEqualTo(1_000_000);
            assertThat(credits.stream().mapToLong(Credit::value).sum())
                    .as("seed %s", seed)
                    .isEqualTo(conversion.value());
        }
    }

    @Test
    void totals_withoutTheRecordsOfAnyPartners_changeNoMoreThanTheSensitivity() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            OwnTokenCap cap = new OwnTokenCap(1 + random.nextInt(3), 1 + random.nextInt(100));
            Attribution attribution = randomModel(random);
            List<Touch> touches = AttributionFixture.randomTouches(random, 12);
            List<Conversion> conversions = AttributionFixture.randomConversions(random, 6);
            // Records of some of the exposing partners, of all of them, of the converting one.
            List<Touch> fewer = touches.stream().filter(t -> random.nextBoolean()).toList();
            List<Credit> all = credits(cap, attribution, conversions, touches);
            for (List<Credit> neighbour :
                    List.of(
                            credits(cap, attribution, conversions, fewer),
                            credits(cap, attribution, conversions, List.of()),
                            credits(cap, attribution, List.of(), touches))) {
                assertThat(distance(all, neighbour, Credit::microUnits))
                        .as("seed %s", seed)
                        .isLessThanOrEqualTo(
                                Sensitivity.attributedCount(cap.conversionsMax(), 0).l1());
                assertThat(distance(all, neighbour, Credit::value))
                        .as("seed %s", seed)
                        .isLessThanOrEqualTo(
                                Sensitivity.attributedValue(cap.conversionsMax(), cap.valueMax(), 0)
                                        .l1());
            }
        }
    }

    /** Weights of all kinds, those of no model too: what holds must not hang on the model. */
    private static Attribution randomModel(Random random) {
        List<CreditModel> models =
                List.of(
                        CreditModel.LAST_TOUCH,
                        CreditModel.FIRST_TOUCH,
                        CreditModel.LINEAR,
                        CreditModel.POSITION,
                        new TimeDecay(1 + random.nextInt(5)));
        if (random.nextBoolean()) {
            return new Attribution(
                    AttributionFixture.randomRules(random),
                    models.get(random.nextInt(models.size())));
        }
        long[] weights = random.longs(10, 0, 5).toArray();
        weights[0]++;
        return new Attribution(
                AttributionFixture.randomRules(random),
                (conversion, touches) -> Arrays.copyOf(weights, touches.size()));
    }

    private static List<Credit> credits(
            OwnTokenCap cap,
            Attribution attribution,
            List<Conversion> conversions,
            List<Touch> touches) {
        List<Credit> credits = new ArrayList<>();
        conversions.stream()
                .sorted(Conversion.OLDEST_FIRST)
                .limit(cap.conversionsMax())
                .map(
                        it ->
                                new Conversion(
                                        it.time(), it.idHigh(), it.idLow(), cap.clamp(it.value())))
                .forEach(it -> credits.addAll(attribution.credit(it, touches)));
        return credits;
    }

    private static BigInteger distance(
            List<Credit> a, List<Credit> b, ToLongFunction<Credit> amount) {
        Map<Integer, Long> totals = new HashMap<>();
        a.forEach(c -> totals.merge(c.cell(), amount.applyAsLong(c), Long::sum));
        b.forEach(c -> totals.merge(c.cell(), -amount.applyAsLong(c), Long::sum));
        return BigInteger.valueOf(totals.values().stream().mapToLong(Math::abs).sum());
    }

    private static int naiveCell(
            AttributionRules rules, Conversion conversion, List<Touch> touches) {
        Touch best = null;
        for (Touch touch : touches) {
            long minAge = (touch.click() ? rules.clicks() : rules.views()).minAgeMillis();
            long lookBack = (touch.click() ? rules.clicks() : rules.views()).lookBackMillis();
            boolean eligible =
                    touch.time() < conversion.time()
                            && minAge <= conversion.time() - touch.time()
                            && conversion.time() - touch.time() <= lookBack;
            if (eligible && (best == null || naiveBefore(rules.clicksFirst(), touch, best))) {
                best = touch;
            }
        }
        return best == null ? Credit.UNATTRIBUTED : best.cell();
    }

    private static boolean naiveBefore(boolean clicksFirst, Touch a, Touch b) {
        if (clicksFirst && a.click() != b.click()) {
            return a.click();
        }
        if (a.time() != b.time()) {
            return a.time() > b.time();
        }
        int order = id(a).compareTo(id(b));
        if (order != 0) {
            return order > 0;
        }
        return a.cell() != b.cell() ? a.cell() > b.cell() : a.click();
    }

    private static BigInteger id(Touch touch) {
        return new BigInteger(
                1, ByteBuffer.allocate(16).putLong(touch.idHigh()).putLong(touch.idLow()).array());
    }
}
