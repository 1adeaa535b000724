package io.sealroom.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class VerdictExpansionTest {

    private static final byte[] SEAL = {1, 2, 3};
    private static final VerdictExpansion EXPANSION = new VerdictExpansion(new long[] {60, 120});

    @Test
    void flatMap_oneSlice_everyQuerysWindowAroundIt() {
        assertThat(windows(verdict(0, 70, 80, false)))
                .containsExactly(new WindowKey(0, 60), new WindowKey(1, 0));
    }

    @Test
    void flatMap_boundsOfWindows_halfOpen() {
        assertThat(windows(verdict(0, 60, 120, false)))
                .containsExactly(new WindowKey(0, 60), new WindowKey(1, 0));
        assertThat(windows(verdict(0, 120, 130, false)))
                .containsExactly(new WindowKey(0, 120), new WindowKey(1, 120));
    }

    @Test
    void flatMap_reanchorOverSeveralWindows_allOfThem() {
        assertThat(windows(verdict(0, 50, 130, true)))
                .containsExactly(
                        new WindowKey(0, 0),
                        new WindowKey(0, 60),
                        new WindowKey(0, 120),
                        new WindowKey(1, 0),
                        new WindowKey(1, 120));
    }

    @Test
    void flatMap_seal_onlyWherePartitionZeroClosesTheWindow() {
        assertThat(expand(verdict(0, 50, 60, false)))
                .extracting(it -> it.verdict().seal().length)
                .containsExactly(SEAL.length, 0);
        assertThat(expand(verdict(0, 110, 120, false)))
                .extracting(it -> it.verdict().seal().length)
                .containsExactly(SEAL.length, SEAL.length);
        assertThat(expand(verdict(1, 110, 120, false)))
                .extracting(it -> it.verdict().seal().length)
                .containsExactly(0, 0);
    }

    @Test
    void of_policy_windowsOfItsQueries() {
        ReleaseRoom room = new ReleaseRoom();
        List<WindowVerdict> out = new ArrayList<>();
        VerdictExpansion.of(room.room.policy())
                .flatMap(
                        room.seal(ReleaseRoom.ADVERTISER, 0, room.room.minute(60)),
                        new ListCollector<>(out));
        assertThat(out)
                .extracting(WindowVerdict::query, WindowVerdict::windowStart)
                .containsExactly(tuple(0, room.room.minute(0)), tuple(1, room.room.minute(0)));
    }

    private static List<WindowKey> windows(Verdict verdict) {
        return expand(verdict).stream()
                .map(it -> new WindowKey(it.query(), it.windowStart()))
                .toList();
    }

    private static List<WindowVerdict> expand(Verdict verdict) {
        List<WindowVerdict> out = new ArrayList<>();
        EXPANSION.flatMap(verdict, new ListCollector<>(out));
        return out;
    }

    private static Verdict verdict(int partition, long from, long to, boolean reanchor) {
        return new Verdict(0, partition, from, to, 1, Bytes32.ZERO, reanchor, SEAL);
    }
}
