package io.sealroom.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.streaming.flow.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The window is [60, 120). */
class PartitionCoverTest {

    private static final long START = 60;
    private static final long END = 120;

    @Test
    void with_contiguousSlices_closes() {
        PartitionCover cover = cover(seal(60, 70), seal(70, 110), seal(110, 120));
        assertThat(cover.closes(START, END)).isTrue();
        assertThat(cover.broken()).isFalse();
        assertThat(cover.chainHead().count()).isEqualTo(120);
    }

    @Test
    void with_endMissing_doesNotClose() {
        assertThat(cover(seal(60, 110)).closes(START, END)).isFalse();
        assertThat(cover().closes(START, END)).isFalse();
    }

    @Test
    void with_startMissing_doesNotClose() {
        assertThat(cover(seal(70, 120)).closes(START, END)).isFalse();
    }

    @Test
    void with_sliceLeftOut_doesNotClose() {
        assertThat(cover(seal(60, 70), seal(80, 120)).closes(START, END)).isFalse();
    }

    @Test
    void with_sliceTwice_doesNotClose() {
        assertThat(cover(seal(60, 80), seal(70, 120)).closes(START, END)).isFalse();
        assertThat(cover(seal(60, 80), seal(70, 120)).flawed()).isTrue();
        assertThat(cover(seal(70, 120), seal(60, 80)).flawed()).isTrue();
        assertThat(cover(seal(60, 120), seal(60, 120)).closes(START, END)).isFalse();
    }

    @Test
    void with_acrossTheEndWithoutReanchor_doesNotClose() {
        assertThat(cover(seal(60, 130)).closes(START, END)).isFalse();
        assertThat(cover(seal(50, 120)).closes(START, END)).isFalse();
        assertThat(cover(seal(60, 130)).flawed()).isTrue();
        assertThat(cover(seal(50, 120)).flawed()).isTrue();
    }

    @Test
    void with_reanchorWithinOrAcross_broken() {
        assertThat(cover(seal(60, 70), reanchor(70, 90), seal(90, 120)).broken()).isTrue();
        assertThat(cover(reanchor(50, 70)).broken()).isTrue();
        assertThat(cover(seal(60, 110), reanchor(110, 200)).broken()).isTrue();
        assertThat(cover(reanchor(0, 500)).broken()).isTrue();
    }

    @Test
    void with_anyPermutation_sameAsInOrder() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            List<Verdict> verdicts = randomVerdicts(random, 5);
            InOrder expected = inOrder(verdicts);
            permutations(verdicts, 0, order -> assertSame(order, expected));
        }
    }

    @Test
    void with_manySlicesInRandomOrders_sameAsInOrder() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            List<Verdict> verdicts = randomVerdicts(random, 60);
            InOrder expected = inOrder(verdicts);
            for (int i = 0; i < 5; i++) {
                Collections.shuffle(verdicts, random);
                assertSame(verdicts, expected);
            }
        }
    }

    @Test
    void with_everyOtherSliceFirst_noLargerThanHalfTheSlices() {
        PartitionCover cover = PartitionCover.NONE;
        for (long from = START; from < END; from += 2) {
            cover = cover.with(seal(from, from + 1), START, END);
        }
        assertThat(cover.covered()).hasSize(60);
        for (long from = START + 1; from < END; from += 2) {
            cover = cover.with(seal(from, from + 1), START, END);
        }
        assertThat(cover.covered()).containsExactly(START, END);
    }

    @Test
    void with_lostWindow_nothingElseIsKept() {
        assertThat(cover(seal(60, 70), seal(80, 90), seal(60, 61)).covered()).isEmpty();
        assertThat(cover(seal(60, 70), seal(80, 90), reanchor(70, 80)).covered()).isEmpty();
    }

    /** What the same verdicts gave when they had to come in the order of the stream. */
    private record InOrder(long covered, boolean gap, boolean broken, @Nullable Verdict last) {

        InOrder with(Verdict verdict) {
            boolean follows =
                    verdict.reanchor()
                            ? Math.max(verdict.from(), START) == covered
                            : verdict.from() == covered && verdict.to() <= END;
            return new InOrder(
                    Math.min(verdict.to(), END),
                    gap || !follows,
                    broken || verdict.reanchor(),
                    verdict);
        }
    }

    private static InOrder inOrder(List<Verdict> verdicts) {
        List<Verdict> sorted = new ArrayList<>(verdicts);
        sorted.sort(Comparator.comparingLong(Verdict::from));
        InOrder state = new InOrder(START, false, false, null);
        for (Verdict verdict : sorted) {
            state = state.with(verdict);
        }
        return state;
    }

    private static void assertSame(List<Verdict> order, InOrder expected) {
        PartitionCover cover = cover(order.toArray(new Verdict[0]));
        boolean closes = !expected.gap && expected.covered == END;
        assertThat(cover.broken()).as("%s", order).isEqualTo(expected.broken);
        if (!expected.broken) {
            assertThat(cover.closes(START, END)).as("%s", order).isEqualTo(closes);
        }
        if (!expected.broken && closes && expected.last != null) {
            assertThat(cover.count()).as("%s", order).isEqualTo(expected.last.count());
            assertThat(cover.head()).as("%s", order).isEqualTo(expected.last.head());
            assertThat(cover.seal()).as("%s", order).isEqualTo(expected.last.seal());
        }
    }

    /** The window in random slices, now and then one missing, repeated, stretched, re-anchored. */
    private static List<Verdict> randomVerdicts(Random random, int max) {
        List<Long> cuts = new ArrayList<>(List.of(START, END));
        for (int i = random.nextInt(max); i > 0; i--) {
            cuts.add(START + random.nextInt((int) (END - START)));
        }
        List<Long> bounds = cuts.stream().distinct().sorted().toList();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 1; i < bounds.size(); i++) {
            verdicts.add(seal(bounds.get(i - 1), bounds.get(i)));
        }
        int at = random.nextInt(verdicts.size());
        Verdict one = verdicts.get(at);
        switch (random.nextInt(8)) {
            case 0 -> verdicts.remove(at);
            case 1 -> verdicts.add(one);
            case 2 -> verdicts.set(at, seal(one.from() - 1, one.to()));
            case 3 -> verdicts.set(at, seal(one.from(), one.to() + 1));
            case 4 -> verdicts.set(at, reanchor(one.from(), one.to() + random.nextInt(90)));
            default -> {} // Complete.
        }
        return verdicts;
    }

    private static void permutations(
            List<Verdict> verdicts, int from, Consumer<List<Verdict>> each) {
        if (from == verdicts.size()) {
            each.accept(verdicts);
        }
        for (int i = from; i < verdicts.size(); i++) {
            Collections.swap(verdicts, from, i);
            permutations(verdicts, from + 1, each);
            Collections.swap(verdicts, from, i);
        }
    }

    private static PartitionCover cover(Verdict... verdicts) {
        PartitionCover cover = PartitionCover.NONE;
        for (Verdict verdict : verdicts) {
            cover = cover.with(verdict, START, END);
        }
        return cover;
    }

    private static Verdict seal(long from, long to) {
        return new Verdict(
                0, 0, from, to, to, new Bytes32(to, 0, 0, 0), false, new byte[] {(byte) to});
    }

    private static Verdict reanchor(long from, long to) {
        return new Verdict(0, 0, from, to, to, Bytes32.ZERO, true, new byte[0]);
    }
}
