package io.sealroom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.local.parts.LocalKafka;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The released rows of one job, attacked: half of its windows hold one person more than the others
 * ({@link NeighbourEpochs}), and whoever knows everybody else guesses from the rows alone which.
 * How well that works bounds epsilon from below. Of overlaps the bound is below the stated loss;
 * where the policy's noise is a third of what the stated loss asks for, the same attack shows it.
 * Of attributions it is shown only that a third of the noise is found out: so few samples with all
 * of it would tell nothing.
 *
 * <p>The partners' seals are encrypted with fresh keys, so the noise differs from run to run. A
 * bound is wrong with a probability of 2e-5 at most. At these numbers of queries the test fails by
 * chance with one of less than 1e-7: what the mechanism gives is far enough from every limit.
 */
class EmpiricalEpsilonITCase {

    private static final double STATED =
            (double) NeighbourEpochs.EPSILON / NeighbourEpochs.WINDOWS_PER_EPOCH;

    private static final BigInteger MICRO_UNITS = BigInteger.valueOf(1_000_000);

    /** Between the totals of the two inputs. */
    private static final BigInteger MIDDLE =
            BigInteger.valueOf(NeighbourEpochs.SEEN)
                    .multiply(MICRO_UNITS)
                    .subtract(BigInteger.valueOf(500_000));

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void releases_onePersonLess_tellNoMoreThanStatedAndAThirdOfTheNoiseTellsMore()
            throws Exception {
        TestingRoom room = NeighbourEpochs.room();
        Map<String, EmpiricalEpsilon> found = new TreeMap<>();
        for (PendingRelease release : releases(room)) {
            ReleaseDocument document = release.document();
            String kind = document.query().substring(0, document.query().lastIndexOf('-'));
            EmpiricalEpsilon bound = found.computeIfAbsent(kind, key -> new EmpiricalEpsilon());
            if (NeighbourEpochs.isWhole(room.policy(), document.start())) {
                bound.add(looksWhole(document));
            } else {
                bound.addOther(looksWhole(document));
            }
        }
        // An attack that sees nothing would show nothing: the lower limit of the first is well
        // below what the mechanism gives at this size, to leave out chance.
        assertThat(found)
                .hasSize(3)
                .hasEntrySatisfying(
                        "overlap-30",
                        bound -> isBetween(bound, NeighbourEpochs.OVERLAPS, 0.4, STATED))
                .hasEntrySatisfying(
                        "overlap-90",
                        bound ->
                                isBetween(bound, NeighbourEpochs.WEAK_OVERLAPS, STATED, 3 * STATED))
                .hasEntrySatisfying(
                        "attribution-90",
                        bound ->
                                isBetween(
                                        bound,
                                        NeighbourEpochs.WEAK_ATTRIBUTIONS,
                                        STATED,
                                        3 * STATED));
    }

    private static void isBetween(EmpiricalEpsilon bound, int queries, double low, double high) {
        assertThat(bound.trials()).isEqualTo(queries * NeighbourEpochs.windows());
        assertThat(bound.lowerBound()).isBetween(low, high);
    }

    private static List<PendingRelease> releases(TestingRoom room) throws Exception {
        List<TestingPartner> partners = NeighbourEpochs.write(room);
        int expected = room.policy().queries().size() * NeighbourEpochs.windows();
        String pending = Topics.pending(room.policy().room(), JobRun.NODE);
        try (LocalKafka kafka = LocalKafka.start()) {
            RoomTopic.createAll(kafka, room.policy(), JobRun.NODE);
            partners.forEach(partner -> RoomTopic.produce(kafka, partner));
            try (JobRun run = JobRun.start(kafka, room, 2, ClusterChoice.of("hashmap"))) {
                run.await("all windows", () -> RoomTopic.end(kafka, pending) >= expected);
            }
            List<PendingRelease> releases = RoomTopic.read(kafka, pending, Codecs.PENDING_RELEASE);
            assertThat(releases).hasSize(expected);
            return releases;
        }
    }

    /** The guess. What is suppressed is below the middle. */
    private static boolean looksWhole(ReleaseDocument document) {
        List<ReleaseRow> rows = document.rows();
        boolean above = isAbove(rows.get(0));
        // The person's conversion moves from one row to the other.
        return rows.size() == 1 ? above : above && !isAbove(rows.get(1));
    }

    private static boolean isAbove(ReleaseRow row) {
        BigInteger unit = row.key().metric() == Metric.COUNT ? BigInteger.ONE : MICRO_UNITS;
        return row.status() == RowStatus.OK && row.value().multiply(unit).compareTo(MIDDLE) > 0;
    }
}
