package io.sealroom.streaming.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.streaming.flow.Contribution;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class CombineOperatorTest {

    private static final long WINDOW = 3_600_000;

    @Test
    void processWatermark_severalRows_oneSumEachBeforeTheWatermark() throws Exception {
        try (var harness = harness(100)) {
            add(harness, contribution(0, 1, 1), contribution(0, 2, 5), contribution(0, 1, 1));
            assertThat(harness.getOutput()).isEmpty();
            harness.processWatermark(WINDOW - 1);
            assertThat(harness.extractOutputValues())
                    .containsExactlyInAnyOrder(contribution(0, 1, 2), contribution(0, 2, 5));
            assertThat(harness.getOutput().stream().skip(2))
                    .containsExactly(new Watermark(WINDOW - 1));
        }
    }

    @Test
    void processElement_otherQueryOrWindow_apart() throws Exception {
        try (var harness = harness(100)) {
            Contribution later = new Contribution(0, WINDOW, 1, 1);
            add(harness, contribution(0, 1, 1), contribution(1, 1, 1), later);
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .containsExactlyInAnyOrder(contribution(0, 1, 1), contribution(1, 1, 1), later);
        }
    }

    @Test
    void prepareSnapshotPreBarrier_something_flushedSoThatNoStateIsNeeded() throws Exception {
        try (var harness = harness(100)) {
            add(harness, contribution(0, 1, 3));
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.extractOutputValues()).containsExactly(contribution(0, 1, 3));
            harness.prepareSnapshotPreBarrier(2);
            harness.endInput();
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void processElement_boundReached_flushed() throws Exception {
        try (var harness = harness(2)) {
            add(harness, contribution(0, 1, 1), contribution(0, 1, 1));
            assertThat(harness.extractOutputValues()).isEmpty();
            add(harness, contribution(0, 2, 1));
            assertThat(harness.extractOutputValues())
                    .containsExactlyInAnyOrder(contribution(0, 1, 2), contribution(0, 2, 1));
        }
    }

    @Test
    void processElement_sumBeyondLong_twoExactParts() throws Exception {
        try (var harness = harness(100)) {
            add(
                    harness,
                    contribution(0, 1, Long.MAX_VALUE),
                    contribution(0, 1, 1),
                    contribution(0, 2, Long.MIN_VALUE),
                    contribution(0, 2, -1));
            harness.endInput();
            assertThat(total(harness.extractOutputValues(), 1))
                    .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE));
            assertThat(total(harness.extractOutputValues(), 2))
                    .isEqualTo(BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE));
        }
    }

    @Test
    void processElement_anyBundleSize_sameSums() throws Exception {
        for (int rowsMax : new int[] {1, 2, 7, 1000}) {
            Random random = new Random(7);
            BigInteger[] expected = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
            try (var harness = harness(rowsMax)) {
                for (int i = 0; i < 500; i++) {
                    int row = random.nextInt(expected.length);
                    long amount = random.nextLong() >> random.nextInt(Long.SIZE);
                    expected[row] = expected[row].add(BigInteger.valueOf(amount));
                    add(harness, contribution(0, row, amount));
                }
                harness.endInput();
                for (int row = 0; row < expected.length; row++) {
                    assertThat(total(harness.extractOutputValues(), row))
                            .as("rowsMax %s row %s", rowsMax, row)
                            .isEqualTo(expected[row]);
                }
            }
        }
    }

    @Test
    void construct_noRows_refused() {
        assertThatThrownBy(() -> new CombineOperator(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rowsMax must be positive, got 0");
    }

    private static BigInteger total(List<Contribution> contributions, int row) {
        return contributions.stream()
                .filter(contribution -> contribution.row() == row)
                .map(contribution -> BigInteger.valueOf(contribution.amount()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Contribution contribution(int query, int row, long amount) {
        return new Contribution(query, 0, row, amount);
    }

    private static void add(
            OneInputStreamOperatorTestHarness<Contribution, Contribution> harness,
            Contribution... contributions)
            throws Exception {
        for (Contribution contribution : contributions) {
            harness.processElement(new StreamRecord<>(contribution));
        }
    }

    private static OneInputStreamOperatorTestHarness<Contribution, Contribution> harness(
            int rowsMax) throws Exception {
        OneInputStreamOperatorTestHarness<Contribution, Contribution> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new CombineOperator(rowsMax),
                        TypeInformation.of(Contribution.class)
                                .createSerializer(new SerializerConfigImpl()));
        harness.open();
        return harness;
    }
}
