package io.sealroom.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.ReleaseRules;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.TotalsEntry;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rows of the overlap (query 0): total, two reaches, two cells; threshold 2. Rows of the
 * attribution (query 1): count and value of two cells and of none; threshold 2 conversions.
 */
class ReleaseAssemblyTest {

    private static final int OVERLAP = 0;
    private static final int ATTRIBUTION = 1;
    private static final long LARGE = 1_000_000_000;

    private final TestingRoom room = TestingRoom.small();
    private final ReleaseAssembly assembly = new ReleaseAssembly(room.policy(), room.identity());
    private final WindowInputs inputs = inputs(1);

    @Test
    void assemble_overlap_rowsOfThePolicyAndAConsistentHash() {
        ReleaseDocument document = assemble(OVERLAP, Map.of(0, BigInteger.valueOf(LARGE)));
        assertThat(ReleaseRules.faults(PendingRelease.of(document))).isEmpty();
        assertThat(document.query()).isEqualTo("email-overlap");
        assertThat(document.end() - document.start()).isEqualTo(3_600_000);
        assertThat(document.rows())
                .extracting(row -> row.key().metric())
                .containsExactly(
                        Metric.OVERLAP_TOTAL,
                        Metric.REACH,
                        Metric.REACH,
                        Metric.OVERLAP_CELL,
                        Metric.OVERLAP_CELL);
        assertThat(document.totals()).isEqualTo(inputs.totals());
        assertThat(document.rows()).extracting(ReleaseRow::salt).doesNotHaveDuplicates();
    }

    @Test
    void assemble_mechanisms_oneAFamilyInRowOrder() {
        // W = 24, L0 = 2, epsilon 2: scales 12, 12, 12 and 24.
        assertThat(assemble(OVERLAP, Map.of()).mechanisms())
                .containsExactly(
                        entry(Metric.OVERLAP_TOTAL, 12, 2),
                        entry(Metric.REACH, 12, 2),
                        entry(Metric.REACH, 12, 2),
                        entry(Metric.OVERLAP_CELL, 24, 2));
        // 2 C = 4 conversions in millionths; 2 C V = 80,000 minor units; epsilon 1.
        assertThat(assemble(ATTRIBUTION, Map.of()).mechanisms())
                .containsExactly(
                        entry(Metric.COUNT, 4_000_000, 2_000_000),
                        entry(Metric.VALUE, 80_000, 2_000_000));
    }

    @Test
    void assemble_again_sameBytes() {
        Map<Integer, BigInteger> totals = Map.of(0, BigInteger.TEN, 3, BigInteger.TWO);
        assertThat(assemble(OVERLAP, totals)).isEqualTo(assemble(OVERLAP, totals));
    }

    @Test
    void assemble_otherTotals_sameNoise() {
        for (int row = 0; row < 5; row++) {
            BigInteger noise = noise(OVERLAP, row);
            BigInteger more = value(OVERLAP, Map.of(row, BigInteger.valueOf(LARGE + 7)), row);
            assertThat(more.subtract(BigInteger.valueOf(LARGE + 7))).isEqualTo(noise);
        }
    }

    @Test
    void assemble_otherInputs_otherNoiseAndSalts() {
        Map<Integer, BigInteger> totals = Map.of(0, BigInteger.valueOf(LARGE));
        ReleaseDocument here = assemble(OVERLAP, totals);
        ReleaseDocument there = assembly.assemble(OVERLAP, room.minute(0), inputs(2), totals);
        assertThat(there.rows()).doesNotContainAnyElementsOf(here.rows());
        assertThat(there.rows().get(0).salt()).isNotEqualTo(here.rows().get(0).salt());
    }

    @Test
    void assemble_noisyCountAtTheThreshold_shownAndBelowSuppressed() {
        BigInteger atThreshold = BigInteger.TWO.subtract(noise(OVERLAP, 3));
        ReleaseRow shown = row(OVERLAP, Map.of(3, atThreshold), 3);
        assertThat(shown.status()).isEqualTo(RowStatus.OK);
        assertThat(shown.value()).isEqualTo(BigInteger.TWO);
        ReleaseRow below = row(OVERLAP, Map.of(3, atThreshold.subtract(BigInteger.ONE)), 3);
        assertThat(below.status()).isEqualTo(RowStatus.SUPPRESSED);
        assertThat(below.value()).isZero();
    }

    @Test
    void assemble_countAtTheThreshold_inMillionthsAndItsValueFollows() {
        BigInteger threshold = BigInteger.valueOf(2_000_000);
        BigInteger atThreshold = threshold.subtract(noise(ATTRIBUTION, 2));
        Map<Integer, BigInteger> totals = new HashMap<>();
        totals.put(2, atThreshold);
        totals.put(3, BigInteger.valueOf(LARGE));
        assertThat(row(ATTRIBUTION, totals, 2).value()).isEqualTo(threshold);
        assertThat(row(ATTRIBUTION, totals, 3).status()).isEqualTo(RowStatus.OK);
        totals.put(2, atThreshold.subtract(BigInteger.ONE));
        assertThat(row(ATTRIBUTION, totals, 2).status()).isEqualTo(RowStatus.SUPPRESSED);
        ReleaseRow value = row(ATTRIBUTION, totals, 3);
        assertThat(value.status()).isEqualTo(RowStatus.SUPPRESSED);
        assertThat(value.value()).isZero();
    }

    @Test
    void assemble_negativeValueOfAShownCount_shown() {
        Map<Integer, BigInteger> totals =
                Map.of(2, BigInteger.valueOf(LARGE), 3, BigInteger.valueOf(-LARGE));
        assertThat(row(ATTRIBUTION, totals, 3).value()).isNegative();
    }

    @Test
    void assemble_rowThatTheQueryHasNot_refused() {
        for (int row : new int[] {-1, 5}) {
            assertThatThrownBy(() -> assemble(OVERLAP, Map.of(row, BigInteger.ONE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has rows 0 to 4");
        }
    }

    private ReleaseDocument assemble(int query, Map<Integer, BigInteger> totals) {
        return assembly.assemble(query, room.minute(0), inputs, totals);
    }

    private ReleaseRow row(int query, Map<Integer, BigInteger> totals, int row) {
        return assemble(query, totals).rows().get(row);
    }

    private BigInteger value(int query, Map<Integer, BigInteger> totals, int row) {
        return row(query, totals, row).value();
    }

    /** Noise of a row, seen through a total far above the threshold. */
    private BigInteger noise(int query, int row) {
        Map<Integer, BigInteger> totals = new HashMap<>();
        // Count rows of the attribution are even; their value rows follow.
        totals.put(row, BigInteger.valueOf(LARGE));
        return value(query, totals, row).subtract(BigInteger.valueOf(LARGE));
    }

    private static MechanismEntry entry(Metric metric, long scale, long threshold) {
        return new MechanismEntry(
                metric,
                MechanismEntry.DISCRETE_LAPLACE,
                BigInteger.valueOf(scale),
                BigInteger.ONE,
                BigInteger.valueOf(threshold));
    }

    private WindowInputs inputs(int count) {
        return new WindowInputs(
                List.of(List.of(head(count), head(2)), List.of(head(3))),
                List.of(share("publisher", 1), share("advertiser", 2)),
                List.of(totals("publisher"), totals("advertiser")));
    }

    private static ChainHead head(long count) {
        return new ChainHead(count, new Bytes32(count, 0, 0, 1));
    }

    private NoiseShare share(String name, int fill) {
        Partner partner = room.policy().partner(name);
        Address address = partner.address();
        byte[] share = new byte[32];
        Arrays.fill(share, (byte) fill);
        return new NoiseShare(address, share);
    }

    private static TotalsEntry totals(String partner) {
        return new TotalsEntry(partner, Bytes32.ZERO, Bytes.of(new byte[65]));
    }
}
