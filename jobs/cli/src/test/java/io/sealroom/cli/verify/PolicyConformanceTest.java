package io.sealroom.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The sample's room with an epoch of two hours, so that it has windows with a caps row and windows
 * without, and with both mechanisms in each query.
 */
class PolicyConformanceTest {

    private static final int OVERLAP = 0;
    private static final int ATTRIBUTION = 1;
    private static final long HOUR = 3_600_000;
    private static final String ROWS = "policy: the query has other rows";
    private static final String NOISE = "policy: the query has other noise or thresholds";

    private final Policy policy = policy();

    private static Policy policy() {
        try {
            return PolicyFile.parse(
                    Files.readString(SampleRoom.policyFile())
                            .replace("T03:00:00Z", "T05:00:00Z")
                            .replace("epoch: P28D", "epoch: PT2H")
                            .replace("Lookback: P1D", "Lookback: PT1H")
                            .replace(
                                    "epsilon: {total: \"2\", reach: \"2\", cells: \"2\"}",
                                    "epsilon: {reach: \"2\", caps: \"0.5\"}\n"
                                            + "    rho: {total: \"0.1\", cells: \"0.2\"}")
                            .replace(
                                    "epsilon: {count: \"1\", value: \"1\"}",
                                    "epsilon: {value: \"1\", converters: \"1\"}\n"
                                            + "    rho: {count: \"0.1\", caps: \"0.01\"}"));
        } catch (IOException | PolicyException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void faults_asThePolicySays_none() {
        for (int query : new int[] {OVERLAP, ATTRIBUTION}) {
            for (int hour = 0; hour < 5; hour++) {
                assertThat(faults(document(query, hour))).as("hour %d", hour).isEmpty();
            }
        }
    }

    @Test
    void rows_capsInTheLastWindowOfAnEpochAndOfTheRoom() {
        for (int query : new int[] {OVERLAP, ATTRIBUTION}) {
            for (int hour = 0; hour < 5; hour++) {
                List<ReleaseRow> rows = document(query, hour).rows();
                boolean caps = rows.get(rows.size() - 1).key().metric() == Metric.CAPS;
                assertThat(caps).isEqualTo(hour % 2 == 1 || hour == 4);
            }
        }
    }

    @Test
    void faults_capsRowMissing_named() {
        assertThat(faults(rows(document(OVERLAP, 1), rows -> rows.remove(rows.size() - 1))))
                .containsExactly(ROWS);
        assertThat(faults(rows(document(ATTRIBUTION, 4), rows -> rows.remove(rows.size() - 1))))
                .containsExactly(ROWS);
    }

    @Test
    void faults_capsRowInAnotherWindow_named() {
        assertThat(faults(rows(document(OVERLAP, 0), rows -> rows.add(row(caps(rows))))))
                .containsExactly(ROWS);
        assertThat(faults(rows(document(ATTRIBUTION, 2), rows -> rows.add(row(caps(rows))))))
                .containsExactly(ROWS);
    }

    @Test
    void faults_convertersLeftOut_named() {
        assertThat(
                        faults(
                                rows(
                                        document(ATTRIBUTION, 0),
                                        rows ->
                                                rows.removeIf(
                                                        row ->
                                                                row.key().metric()
                                                                        == Metric.CONVERTERS))))
                .containsExactly(ROWS);
    }

    /**
     * Each entry in turn: of both mechanisms, of every family, the caps' too, whose row is later.
     */
    @Test
    void faults_anyPartOfAnyMechanismChanged_named() {
        for (int query : new int[] {OVERLAP, ATTRIBUTION}) {
            ReleaseDocument document = document(query, 0);
            for (int at = 0; at < document.mechanisms().size(); at++) {
                int position = at;
                MechanismEntry e = document.mechanisms().get(at);
                BigInteger one = BigInteger.ONE;
                List.of(
                                entry(e, 3 - e.mechanism(), e.scaleNumerator(), e.threshold()),
                                entry(e, e.mechanism(), e.scaleNumerator().add(one), e.threshold()),
                                entry(e, e.mechanism(), e.scaleNumerator(), e.threshold().add(one)))
                        .forEach(
                                changed ->
                                        assertThat(
                                                        faults(
                                                                mechanisms(
                                                                        document,
                                                                        all ->
                                                                                all.set(
                                                                                        position,
                                                                                        changed))))
                                                .as("%s", changed)
                                                .containsExactly(NOISE));
            }
        }
    }

    @Test
    void faults_mechanismsLeftOutAddedOrExchanged_named() {
        ReleaseDocument document = document(OVERLAP, 0);
        // The reach of the second partner: equal to that of the first, and still one more.
        assertThat(faults(mechanisms(document, all -> all.remove(2)))).containsExactly(NOISE);
        assertThat(faults(mechanisms(document, all -> all.add(all.get(2))))).containsExactly(NOISE);
        assertThat(faults(mechanisms(document, all -> Collections.swap(all, 0, 1))))
                .containsExactly(NOISE);
    }

    @Test
    void mechanisms_bothKindsInTheOrderOfRows() {
        // W = 24: sigma^2 = 24 / 0.2; scale 24 / 2; W L0 = 48: sigma^2 = 48 / 0.4; caps 1 / 0.5.
        assertThat(document(OVERLAP, 0).mechanisms())
                .containsExactly(
                        entry(Metric.OVERLAP_TOTAL, 2, 120, 50),
                        entry(Metric.REACH, 1, 12, 50),
                        entry(Metric.REACH, 1, 12, 50),
                        entry(Metric.OVERLAP_CELL, 2, 120, 50),
                        entry(Metric.CAPS, 1, 2, 50));
        // C = 2: D2^2 = 8 * 10^12 over 0.2; 2 C V = 80,000; 2 N C = 4 N; caps 1 / 0.02.
        assertThat(document(ATTRIBUTION, 0).mechanisms())
                .containsExactly(
                        entry(Metric.COUNT, 2, 40_000_000_000_000L, 10_000_000),
                        entry(Metric.VALUE, 1, 80_000, 10_000_000),
                        entry(Metric.CONVERTERS, 1, 4, 10),
                        entry(Metric.CAPS, 2, 50, 10));
    }

    private static MechanismEntry entry(Metric metric, int kind, long parameter, long threshold) {
        return new MechanismEntry(
                metric,
                kind,
                BigInteger.valueOf(parameter),
                BigInteger.ONE,
                BigInteger.valueOf(threshold));
    }

    private static MechanismEntry entry(
            MechanismEntry entry, int mechanism, BigInteger numerator, BigInteger threshold) {
        return new MechanismEntry(
                entry.metric(), mechanism, numerator, entry.scaleDenominator(), threshold);
    }

    private ReleaseDocument document(int index, int hour) {
        Query query = policy.queries().get(index);
        long start = policy.startMillis() + hour * HOUR;
        return new ReleaseDocument(
                new RoomIdentity(
                        SampleRoom.CHAIN_ID,
                        new Address(SampleRoom.CONTRACT.hex()),
                        policy.room(),
                        policy.hash()),
                policy.semantics(),
                query.name(),
                start,
                start + query.windowMillis(),
                query.rows(policy, start).stream().map(PolicyConformanceTest::row).toList(),
                QueryFamilies.of(policy, query).mechanisms(),
                List.of());
    }

    private static RowKey caps(List<ReleaseRow> rows) {
        return RowKey.caps(rows.size());
    }

    private static ReleaseRow row(RowKey key) {
        return new ReleaseRow(key, RowStatus.OK, BigInteger.TEN, Bytes32.ZERO);
    }

    private static ReleaseDocument rows(
            ReleaseDocument document, Consumer<List<ReleaseRow>> change) {
        List<ReleaseRow> rows = new ArrayList<>(document.rows());
        change.accept(rows);
        return with(document, rows, document.mechanisms());
    }

    private static ReleaseDocument mechanisms(
            ReleaseDocument document, Consumer<List<MechanismEntry>> change) {
        List<MechanismEntry> mechanisms = new ArrayList<>(document.mechanisms());
        change.accept(mechanisms);
        return with(document, document.rows(), mechanisms);
    }

    private static ReleaseDocument with(
            ReleaseDocument d, List<ReleaseRow> rows, List<MechanismEntry> mechanisms) {
        return new ReleaseDocument(
                d.identity(),
                d.semantics(),
                d.query(),
                d.start(),
                d.end(),
                rows,
                mechanisms,
                d.totals());
    }

    /** Without those about the partners' signatures, which are another test's. */
    private List<String> faults(ReleaseDocument document) {
        return PolicyConformance.faults(policy, document).stream()
                .filter(fault -> !fault.equals("policy: other partners supply events"))
                .toList();
    }
}
