package io.sealroom.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.dp.Family;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.privacy.noise.NoiseContext;
import io.sealroom.privacy.noise.NoiseKeys;
import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.ReleaseRules;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.TotalsEntry;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every kind of row with both mechanisms, at the edges: at the threshold, without a total, one
 * cell, ten thousand cells, sums beyond a long. Threshold 2.
 */
class ReleaseRowsTest {

    private static final int OVERLAP = 0;
    private static final int ATTRIBUTION = 1;
    private static final BigInteger ONE = BigInteger.ONE;

    @Test
    void assemble_everyRowAroundItsThreshold_belowSuppressedAtAndAboveShown() {
        for (TestingRoom room : List.of(mixed("rho", "epsilon"), mixed("epsilon", "rho"))) {
            for (int query : new int[] {OVERLAP, ATTRIBUTION}) {
                for (RowKey key : keys(room, query)) {
                    if (key.metric() != Metric.VALUE) {
                        assertJudged(room, query, key);
                    }
                }
            }
        }
    }

    private static void assertJudged(TestingRoom room, int query, RowKey key) {
        BigInteger threshold = family(room, query, key).threshold();
        assertThat(threshold)
                .isEqualTo(BigInteger.valueOf(key.metric() == Metric.COUNT ? 2_000_000 : 2));
        BigInteger exact = threshold.subtract(noise(room, query, key));
        ReleaseRow below = row(room, query, key, exact.subtract(ONE));
        assertThat(below.status()).as("%s", key).isEqualTo(RowStatus.SUPPRESSED);
        assertThat(below.value()).isZero();
        ReleaseRow at = row(room, query, key, exact);
        assertThat(at.status()).as("%s", key).isEqualTo(RowStatus.OK);
        assertThat(at.value()).isEqualTo(threshold);
        ReleaseRow above = row(room, query, key, exact.add(ONE));
        assertThat(above.value()).isEqualTo(threshold.add(ONE));
    }

    /** Values follow their counts; converters count people and are judged by themselves. */
    @Test
    void assemble_countSuppressed_valueTooAndConvertersNot() {
        TestingRoom room = mixed("epsilon", "rho");
        for (long count : new long[] {-1_000_000_000_000L, 1_000_000_000_000L}) {
            Map<Integer, BigInteger> totals = new HashMap<>();
            totals.put(0, BigInteger.valueOf(count));
            totals.put(1, BigInteger.valueOf(1_000_000_000));
            totals.put(2, BigInteger.valueOf(1_000_000));
            totals.put(3, BigInteger.valueOf(1_000_000_000_000L));
            totals.put(5, BigInteger.valueOf(-1_000_000));
            List<ReleaseRow> rows = assemble(room, ATTRIBUTION, totals).rows();
            RowStatus expected = count < 0 ? RowStatus.SUPPRESSED : RowStatus.OK;
            assertThat(rows.get(0).status()).isEqualTo(expected);
            assertThat(rows.get(1).status()).isEqualTo(expected);
            assertThat(rows.get(2).status()).isEqualTo(RowStatus.OK);
            assertThat(rows.get(3).status()).isEqualTo(RowStatus.OK);
            // The row before it is of converters, and suppressed converters suppress no value.
            assertThat(rows.get(5).status()).isEqualTo(RowStatus.SUPPRESSED);
            assertThat(rows.get(4).status()).isEqualTo(RowStatus.OK);
        }
    }

    @Test
    void assemble_noTotals_everyRowIsThereAndIsItsNoise() {
        TestingRoom room = mixed("rho", "epsilon");
        for (int query : new int[] {OVERLAP, ATTRIBUTION}) {
            ReleaseDocument document = assemble(room, query, Map.of());
            assertThat(document.rows()).extracting(ReleaseRow::key).isEqualTo(keys(room, query));
            for (ReleaseRow row : document.rows()) {
                if (row.status() == RowStatus.OK && row.key().metric() != Metric.VALUE) {
                    assertThat(row.value()).isEqualTo(noise(room, query, row.key()));
                }
            }
            assertThat(ReleaseRules.faults(PendingRelease.of(document))).isEmpty();
        }
    }

    @Test
    void assemble_capsRow_inTheLastWindowOnly() {
        TestingRoom room = mixed("rho", "epsilon");
        List<ReleaseRow> last = assemble(room, OVERLAP, Map.of()).rows();
        assertThat(last.get(last.size() - 1).key()).isEqualTo(RowKey.caps(last.size() - 1));
        ReleaseDocument first =
                new ReleaseAssembly(room.policy(), room.identity())
                        .assemble(OVERLAP, room.minute(0), inputs(room), Map.of());
        assertThat(first.rows()).hasSize(last.size() - 1);
        // What the policy says of a family does not depend on the window.
        assertThat(first.mechanisms()).isEqualTo(assemble(room, OVERLAP, Map.of()).mechanisms());
    }

    @Test
    void assemble_sumsFarBeyondALong_exact() {
        TestingRoom room = mixed("rho", "epsilon");
        for (int query : new int[] {OVERLAP, ATTRIBUTION}) {
            List<RowKey> keys = keys(room, query);
            // More records than a topic can hold, each as large as a contribution can be.
            BigInteger sum = BigInteger.ONE.shiftLeft(126).subtract(ONE);
            Map<Integer, BigInteger> totals =
                    keys.stream().collect(Collectors.toMap(RowKey::index, key -> sum));
            for (ReleaseRow row : assemble(room, query, totals).rows()) {
                assertThat(row.value()).isEqualTo(sum.add(noise(room, query, row.key())));
            }
        }
    }

    @Test
    void assemble_oneCell_threeRowsForItAndThreeForNone() {
        TestingRoom room = mixed("rho", "epsilon", "[news]");
        assertThat(keys(room, ATTRIBUTION))
                .extracting(RowKey::label)
                .containsExactly(
                        "news",
                        "news",
                        "news",
                        RowKey.UNATTRIBUTED,
                        RowKey.UNATTRIBUTED,
                        RowKey.UNATTRIBUTED,
                        "");
        assertThat(assemble(room, OVERLAP, Map.of()).rows()).hasSize(5);
    }

    @Test
    void assemble_tenThousandCells_everyRowConsistent() {
        String cells =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", ", "[", "]"));
        TestingRoom room = mixed("rho", "epsilon", cells);
        List<RowKey> keys = keys(room, ATTRIBUTION);
        assertThat(keys).hasSize(30_004);
        // One conversion, shared by a touch in every cell.
        Map<Integer, BigInteger> totals = new HashMap<>();
        for (RowKey key : keys) {
            totals.put(key.index(), key.metric() == Metric.COUNT ? BigInteger.valueOf(100) : ONE);
        }
        ReleaseDocument document = assemble(room, ATTRIBUTION, totals);
        assertThat(document.rows()).extracting(ReleaseRow::key).isEqualTo(keys);
        assertThat(document.rows()).extracting(ReleaseRow::salt).doesNotHaveDuplicates();
        assertThat(ReleaseRules.faults(PendingRelease.of(document))).isEmpty();
    }

    /**
     * @param first measure of the total, the cells, the value and the caps of attribution
     * @param second measure of all others
     */
    private static TestingRoom mixed(String first, String second, String cells) {
        return TestingRoom.small(
                text ->
                        text.replace("[news, sports]", cells)
                                .replace("cellsPerWindow: 2", "cellsPerWindow: 1")
                                .replace(
                                        "epsilon: {total: \"2\", reach: \"2\", cells: \"2\"}",
                                        losses(first, "total", "cells")
                                                + losses(second, "reach", "caps"))
                                .replace(
                                        "epsilon: {count: \"1\", value: \"1\"}",
                                        losses(first, "value", "caps")
                                                + losses(second, "count", "converters")));
    }

    private static TestingRoom mixed(String first, String second) {
        return mixed(first, second, "[news, sports]");
    }

    private static String losses(String measure, String one, String other) {
        return String.format("%s: {%s: \"0.5\", %s: \"0.25\"}%n    ", measure, one, other);
    }

    private static Query query(TestingRoom room, int query) {
        return room.policy().queries().get(query);
    }

    private static long last(TestingRoom room, int query) {
        return query(room, query).lastWindow(room.policy(), room.minute(0));
    }

    private static List<RowKey> keys(TestingRoom room, int query) {
        return query(room, query).rows(room.policy(), last(room, query));
    }

    private static Family family(TestingRoom room, int query, RowKey key) {
        return QueryFamilies.of(room.policy(), query(room, query)).family(key.metric());
    }

    /** Computed beside the assembly, from the same shares. */
    private static BigInteger noise(TestingRoom room, int query, RowKey key) {
        WindowInputs inputs = inputs(room);
        long start = last(room, query);
        NoiseKeys keys =
                NoiseKeys.derive(
                        new NoiseContext(
                                1,
                                room.identity(),
                                query(room, query).id(),
                                start,
                                start + query(room, query).windowMillis(),
                                inputs.heads()),
                        inputs.shares());
        Noise noise = family(room, query, key).noise();
        return noise.sample(keys.stream(key.metric().code(), key.cell(), key.index()));
    }

    private static ReleaseDocument assemble(
            TestingRoom room, int query, Map<Integer, BigInteger> totals) {
        return new ReleaseAssembly(room.policy(), room.identity())
                .assemble(query, last(room, query), inputs(room), totals);
    }

    private static ReleaseRow row(TestingRoom room, int query, RowKey key, BigInteger total) {
        return assemble(room, query, Map.of(key.index(), total)).rows().get(key.index());
    }

    private static WindowInputs inputs(TestingRoom room) {
        List<NoiseShare> shares =
                room.policy().suppliers().stream()
                        .map(
                                partner -> {
                                    byte[] share = new byte[32];
                                    Arrays.fill(share, (byte) partner.name().length());
                                    return new NoiseShare(partner.address(), share);
                                })
                        .toList();
        return new WindowInputs(
                List.of(List.of(head(1), head(2)), List.of(head(3))),
                shares,
                room.policy().suppliers().stream()
                        .map(
                                partner ->
                                        new TotalsEntry(
                                                partner.name(),
                                                Bytes32.ZERO,
                                                Bytes.of(new byte[65])))
                        .toList());
    }

    private static ChainHead head(long count) {
        return new ChainHead(count, new Bytes32(count, 0, 0, 1));
    }
}
