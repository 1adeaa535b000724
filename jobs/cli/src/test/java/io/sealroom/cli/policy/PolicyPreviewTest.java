package io.sealroom.cli.policy;

import static io.sealroom.cli.policy.SamplePolicies.ATTRIBUTION;
import static io.sealroom.cli.policy.SamplePolicies.OVERLAP;
import static io.sealroom.cli.policy.SamplePolicies.policy;
import static io.sealroom.cli.policy.SamplePolicies.with;
import static io.sealroom.cli.policy.SamplePolicies.withLookback;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.policy.Policy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyPreviewTest {

    private static final BigDecimal DELTA = new BigDecimal("0.000001");
    private static final Limits NONE = new Limits(Map.of(), List.of());

    private static PolicyPreview preview(Policy policy) {
        return PolicyPreview.of(policy, DELTA, NONE);
    }

    /** The table of DESIGN 7 with W = 7, L0 = 3, C = 4, V = 500 and N = 5; counts in millionths. */
    @ParameterizedTest
    @CsvSource({
        "0, OVERLAP_TOTAL, 7, 7",
        "0, REACH, 7, 7",
        "0, OVERLAP_CELL, 21, 21",
        "0, COUNT, 8000000, 32000000000000",
        "1, COUNT, 20000000, 208000000000000",
        "0, VALUE, 4000, 8000000",
        "1, VALUE, 10000, 52000000",
        "0, CONVERTERS, 40, 40",
        "0, CAPS, 1, 1",
    })
    void json_family_hasTheDesignsSensitivityAndItsNoise(
            int lookback, String metric, String l1, String l2Squared) {
        for (String measure : List.of("epsilon", "rho")) {
            // With these amounts the parameter of the noise is the sensitivity itself.
            String amount = measure.equals("epsilon") ? "1" : "0.5";
            Policy policy = policy(with(OVERLAP + ATTRIBUTION, measure, amount));
            JsonNode json = preview(withLookback(policy, lookback)).json();
            List<JsonNode> families =
                    json.findValues("families").stream()
                            .filter(JsonNode::isArray)
                            .flatMap(
                                    all -> {
                                        List<JsonNode> list = new ArrayList<>();
                                        all.forEach(list::add);
                                        return list.stream();
                                    })
                            .filter(family -> family.required("metric").textValue().equals(metric))
                            .toList();
            assertThat(families).isNotEmpty();
            for (JsonNode family : families) {
                assertThat(family.required("l1").textValue()).isEqualTo(l1);
                assertThat(family.required("l2Squared").textValue()).isEqualTo(l2Squared);
                boolean pure = measure.equals("epsilon");
                assertThat(family.required("mechanism").textValue())
                        .isEqualTo(pure ? "DISCRETE_LAPLACE" : "DISCRETE_GAUSSIAN");
                assertThat(family.required(pure ? "scale" : "sigmaSquared").textValue())
                        .isEqualTo(pure ? l1 : l2Squared);
                // Epsilon 1 and rho 0.5 cost the same.
                assertThat(family.required("microRho").longValue()).isEqualTo(500_000);
            }
        }
    }

    /** What an analyst reads, worked out by hand: a Gaussian of sigma sqrt(7) and of 4 sqrt(2). */
    @Test
    void lines_gaussian_haveBothSensitivitiesAndSigma() {
        List<String> lines =
                preview(policy(with(OVERLAP + ATTRIBUTION, "rho", "0.5"))).lines().stream()
                        .map(line -> line.strip().replaceAll(" +", " "))
                        .toList();
        assertThat(lines)
                .contains(
                        "total 1 identifiers 7 2.646 Gaussian 2.646 5 50 < 0.01 % 500,000",
                        "reach of each 2 identifiers 7 2.646 Gaussian 2.646 5 50 < 0.01 % 2 x"
                                + " 500,000",
                        "cells 3 identifiers 21 4.583 Gaussian 4.583 9 50 < 0.01 % 500,000",
                        "cut by caps 1 an epoch identifiers 1 1 Gaussian 1 2 50 < 0.01 % 500,000",
                        "count 4 conversions 8 5.657 Gaussian 5.657 11.088 10 3.86 % 500,000",
                        "value 4 minor units 4,000 2,828.428 Gaussian 2,828.428 5,544 as count as"
                                + " count 500,000",
                        "converters 4 identifiers 40 6.325 Gaussian 6.325 12 10 6.64 % 500,000");
    }

    /** Room, cap, windows of an epoch, windows that the cap drops of a user who is in all. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-05T03:00:00Z, 2, 3, 1",
        "2026-01-05T03:00:00Z, 3, 3, 0",
        "2026-01-05T03:00:00Z, 4, 3, 0",
        "2026-06-05T00:00:00Z, 24, 672, 648",
        "2026-06-05T00:00:00Z, 671, 672, 1",
        "2026-06-05T00:00:00Z, 672, 672, 0",
    })
    void windows_steadyUser_losesThoseAboveTheCap(String end, int cap, long windows, long dropped) {
        PolicyPreview preview =
                preview(
                        policy(
                                with(OVERLAP, "epsilon", "1"),
                                "end: 2026-01-05T03:00:00Z",
                                "end: " + end,
                                "windowsPerEpoch: 7",
                                "windowsPerEpoch: " + cap));
        assertThat(preview.queries().get(0).windows()).isEqualTo(windows);
        assertThat(preview.queries().get(0).windowsDropped()).hasValue(dropped);
        assertThat(preview.warnings().stream().anyMatch(text -> text.contains("caps nothing")))
                .isEqualTo(dropped == 0);
    }

    /** Ten days of one epoch and eleven of the next. */
    @Test
    void windows_roomOverAnEpochsEnd_areThoseOfItsLongerPart() {
        PolicyPreview preview =
                preview(
                        policy(
                                with(OVERLAP, "epsilon", "1"),
                                "end: 2026-01-05T03:00:00Z",
                                "end: 2026-01-26T00:00:00Z"));
        assertThat(preview.epochs()).isEqualTo(2);
        assertThat(preview.horizons()).containsExactly(1L, 2L, 4L, 13L);
        assertThat(preview.queries().get(0).windows()).isEqualTo(11 * 24);
    }

    @Test
    void loss_pureOnly_isTheSumWhereThatIsLess() {
        Policy policy = policy(with(OVERLAP, "epsilon", "2"));
        // Total, two of reach, cells, caps: 5 families.
        EpochLoss loss = preview(policy).whole();
        assertThat(loss.microRho()).isEqualTo(10_000_000);
        assertThat(loss.after(1, DELTA).epsilon()).isEqualByComparingTo("10");
        assertThat(loss.after(13, DELTA).epsilon()).isEqualByComparingTo("130");
        assertThat(loss.after(13, DELTA).pure()).isTrue();
    }

    @Test
    void loss_manySmallEpsilons_isComposedAsZcdp() {
        EpochLoss loss = preview(policy(with(OVERLAP, "epsilon", "0.1"))).whole();
        assertThat(loss.microRho()).isEqualTo(25_000);
        assertThat(loss.after(1, DELTA)).isEqualTo(new EpochLoss.Epsilon(decimal("0.5000"), true));
        // 13 epochs: 6.5 added up; rho 0.325 is less.
        assertThat(loss.after(13, DELTA))
                .isEqualTo(new EpochLoss.Epsilon(decimal("4.0991"), false));
    }

    /** rho 0.5, 2 and 6.5, of Corollary 13 in 60-digit arithmetic. */
    @Test
    void loss_gaussian_isComposedOverEpochs() {
        EpochLoss loss = preview(policy(with(OVERLAP, "rho", "0.1"))).whole();
        assertThat(loss.microRho()).isEqualTo(500_000);
        assertThat(loss.after(1, DELTA)).isEqualTo(new EpochLoss.Epsilon(decimal("5.2216"), false));
        assertThat(loss.after(4, DELTA))
                .isEqualTo(new EpochLoss.Epsilon(decimal("11.6886"), false));
        assertThat(loss.after(13, DELTA))
                .isEqualTo(new EpochLoss.Epsilon(decimal("24.3034"), false));
    }

    /** Beside a large epsilon a small rho is cheaper added to it than composed with it. */
    @Test
    void loss_mixed_isTheSmallerBound() {
        EpochLoss loss =
                preview(
                                policy(
                                        with(ATTRIBUTION, "epsilon", "1")
                                                .replace(
                                                        ", caps: \"1\"}",
                                                        "}\n    rho: {caps: \"0.0001\"}")))
                        .whole();
        assertThat(loss.microRho()).isEqualTo(1_500_100);
        assertThat(loss.after(1, DELTA)).isEqualTo(new EpochLoss.Epsilon(decimal("3.0538"), false));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    @Test
    void refusals_chargeAboveTheContracts_everyOneIsListed() {
        PolicyPreview preview =
                preview(
                        policy(
                                with(OVERLAP, "epsilon", "100")
                                        + with(ATTRIBUTION, "rho", "999.999999")));
        assertThat(preview.refusals())
                .containsExactly(
                        "query overlap: an epoch costs 25000000000 micro-rho, the contract holds at"
                                + " most 4294967295",
                        "data set publisher: an epoch costs 28999999996 micro-rho, no ledger takes"
                                + " a limit per period above 4294967295",
                        "data set advertiser: an epoch costs 28999999996 micro-rho, no ledger takes"
                                + " a limit per period above 4294967295");
    }

    @Test
    void refusals_limitReachedExactly_areNone() {
        Policy policy = policy(with(OVERLAP, "epsilon", "2"));
        DatasetLimits enough = DatasetLimits.untouched(10_000_000, OptionalLong.of(10_000_000));
        DatasetLimits little = DatasetLimits.untouched(9_999_999, OptionalLong.of(9_999_999));
        Limits limits = new Limits(Map.of("publisher", enough, "advertiser", little), List.of());
        assertThat(PolicyPreview.of(policy, DELTA, limits).refusals())
                .containsExactly(
                        "data set advertiser: an epoch costs 10000000 micro-rho, its limit per"
                                + " period is 9999999",
                        "data set advertiser: the room's 1 epoch costs 10000000 micro-rho, of its"
                                + " limit for life 9999999 are allowed to no room yet: enough for 0"
                                + " epochs");
    }

    /** A data set pays for the queries that read it and for no other. */
    @Test
    void datasets_notReadByAQuery_doNotPayForIt() {
        String third = "  - {name: shop, address: \"0x" + "cd".repeat(20) + "\"}\nnodes:\n";
        PolicyPreview preview =
                preview(
                        policy(
                                with(OVERLAP, "epsilon", "2")
                                        + with(ATTRIBUTION, "epsilon", "1")
                                                .replace("[publisher]", "[shop]"),
                                "nodes:\n",
                                third));
        assertThat(preview.datasets())
                .extracting(dataset -> dataset.loss().microRho().longValue())
                .containsExactly(10_000_000L, 12_000_000L, 2_000_000L);
        assertThat(preview.whole().microRho()).isEqualTo(12_000_000);
        assertThat(preview.json().at("/testableIdentifiers/allPartners").longValue())
                .isEqualTo(600_000);
    }

    @Test
    void warnings_thresholdAtTheMargin_isNone() {
        // Scale 7: the margin is 21.
        for (int threshold : new int[] {20, 21}) {
            List<String> warnings =
                    preview(
                                    policy(
                                            with(OVERLAP, "epsilon", "1"),
                                            "threshold: 50",
                                            "threshold: " + threshold))
                            .warnings();
            assertThat(warnings.stream().anyMatch(text -> text.contains("total, ")))
                    .isEqualTo(threshold == 20);
            // Scale 21: the cells are below it either way.
            assertThat(warnings.get(0)).contains("cells, " + threshold + " below 63");
        }
    }

    @Test
    void warnings_convertersOverSeveralTouches_sayWhatOneWouldCost() {
        String queries = with(ATTRIBUTION, "epsilon", "1");
        assertThat(preview(policy(queries)).warnings())
                .anyMatch(text -> text.contains("noise for 2 * 5 * 4 changes"));
        assertThat(preview(policy(queries, "touchesMax: 5", "touchesMax: 1")).warnings())
                .noneMatch(text -> text.contains("touchesMax"));
    }

    @Test
    void lines_lookbackOverEpochs_countEpochsOfReleases() {
        Policy policy = policy(with(ATTRIBUTION, "epsilon", "1"));
        String sentence = "shows in the releases of T + 1";
        assertThat(preview(policy).lines())
                .noneMatch(line -> line.contains("of releases"))
                .noneMatch(line -> line.contains(sentence));
        assertThat(preview(withLookback(policy, 1)).lines())
                .anyMatch(line -> line.contains("4 epochs of releases"))
                .anyMatch(line -> line.contains(sentence));
    }

    @Test
    void warnings_lookbackOverEpochs_isForAttributionsOnly() {
        Policy overlap = policy(with(OVERLAP, "epsilon", "1"));
        Policy attribution = policy(with(ATTRIBUTION, "epsilon", "1"));
        assertThat(preview(withLookback(attribution, 1)).warnings())
                .anyMatch(text -> text.contains("5 C conversions in place of 2 C"));
        assertThat(preview(attribution).warnings()).noneMatch(text -> text.contains("lookback"));
        assertThat(preview(withLookback(overlap, 1)).warnings())
                .noneMatch(text -> text.contains("lookback"));
    }

    @Test
    void lines_emailAndPhone_sayThatBothAreAddedUp() {
        String queries = with(OVERLAP, "epsilon", "1");
        String more = queries.replace("name: overlap", "name: more");
        assertThat(preview(policy(queries + more)).lines())
                .noneMatch(line -> line.contains("added up: a person"));
        assertThat(preview(policy(queries + more.replace("EMAIL", "PHONE"))).lines())
                .anyMatch(line -> line.contains("added up: a person"));
    }

    @Test
    void lines_twentyQueriesOverTenThousandCells_areALineAFamily() {
        String queries =
                IntStream.range(0, 20)
                        .mapToObj(
                                i ->
                                        with(OVERLAP, "epsilon", "0.5")
                                                .replace("name: overlap", "name: q" + i))
                        .collect(Collectors.joining());
        String cells =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", ", "cells: [", "]"));
        List<String> lines =
                preview(policy(queries, "cells: [news, sports, weather]", cells)).lines();
        assertThat(lines).anyMatch(line -> line.matches("  cells +10000 +identifiers .*"));
        // Title, heads, 4 families, costs, caps and a blank for each; 3 warnings a query at most.
        assertThat(lines).hasSizeLessThan(20 * (9 + 3) + 40);
        assertThat(lines).allMatch(line -> line.length() <= 200);
    }
}
