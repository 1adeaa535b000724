package io.sealroom.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.streaming.flow.Verdict;
import org.junit.jupiter.api.Test;

/** The window is [60, 120). */
class PartitionCoverTest {

    private static final long START = 60;
    private static final long END = 120;

    @Test
    void with_contiguousSlices_closes() {
        PartitionCover cover = cover(seal(60, 70), seal(70, 110), seal(110, 120));
        assertThat(cover.closes(END)).isTrue();
        assertThat(cover.broken()).isFalse();
        assertThat(cover.chainHead().count()).isEqualTo(120);
    }

    @Test
    void with_endMissing_doesNotClose() {
        assertThat(cover(seal(60, 110)).closes(END)).isFalse();
        assertThat(cover().closes(END)).isFalse();
    }

    @Test
    void with_startMissing_doesNotClose() {
        assertThat(cover(seal(70, 120)).closes(END)).isFalse();
    }

    @Test
    void with_sliceLeftOut_doesNotClose() {
        assertThat(cover(seal(60, 70), seal(80, 120)).closes(END)).isFalse();
    }

    @Test
    void with_sliceTwice_doesNotClose() {
        assertThat(cover(seal(60, 80), seal(70, 120)).closes(END)).isFalse();
        assertThat(cover(seal(60, 120), seal(60, 120)).closes(END)).isFalse();
    }

    @Test
    void with_acrossTheEndWithoutReanchor_doesNotClose() {
        assertThat(cover(seal(60, 130)).closes(END)).isFalse();
        assertThat(cover(seal(50, 120)).closes(END)).isFalse();
    }

    @Test
    void with_reanchorWithinOrAcross_broken() {
        assertThat(cover(seal(60, 70), reanchor(70, 90), seal(90, 120)).broken()).isTrue();
        assertThat(cover(reanchor(50, 70)).broken()).isTrue();
        assertThat(cover(seal(60, 110), reanchor(110, 200)).broken()).isTrue();
        assertThat(cover(reanchor(0, 500)).broken()).isTrue();
    }

    private static PartitionCover cover(Verdict... verdicts) {
        PartitionCover cover = PartitionCover.none(START);
        for (Verdict verdict : verdicts) {
            cover = cover.with(verdict, START, END);
        }
        return cover;
    }

    private static Verdict seal(long from, long to) {
        return new Verdict(0, 0, from, to, to, Bytes32.ZERO, false, new byte[0]);
    }

    private static Verdict reanchor(long from, long to) {
        return new Verdict(0, 0, from, to, to, Bytes32.ZERO, true, new byte[0]);
    }
}
