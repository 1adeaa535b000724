package io.sealroom.privacy.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlapCapsTest {

    private final OverlapCaps caps = new OverlapCaps(2, true, 2, 2);
    private final long[] counters = caps.freshCounters();

    @Test
    void close_allPartners_countsEverywhere() {
        assertThat(close(0, 0b11, 4, 2, 9))
                .isEqualTo(new OverlapContribution(true, 0b11, List.of(2, 4), true));
    }

    @Test
    void close_onePartnerOnly_countsInItsReachAlone() {
        OverlapContribution contribution = close(0, 0b10, 4);
        assertThat(contribution).isEqualTo(new OverlapContribution(false, 0b10, List.of(), false));
        assertThat(contribution.reaches(0)).isFalse();
        assertThat(contribution.reaches(1)).isTrue();
    }

    @Test
    void close_capReachedInOneFamily_othersGoOn() {
        close(0, 0b01);
        close(100, 0b01);
        // Reach of partner 0 is used up; total, reach of partner 1 and cells are not.
        assertThat(close(200, 0b11, 1))
                .isEqualTo(new OverlapContribution(true, 0b10, List.of(1), true));
        // An overlapping window without a cell takes none of the cells' windows.
        assertThat(close(300, 0b11))
                .isEqualTo(new OverlapContribution(true, 0b10, List.of(), true));
        assertThat(close(400, 0b11, 1))
                .isEqualTo(new OverlapContribution(false, 0, List.of(1), true));
        assertThat(close(500, 0b11, 1).isEmpty()).isTrue();
    }

    @Test
    void close_notInTimeOrder_refused() {
        close(100, 0b11);
        assertThatThrownBy(() -> close(100, 0b11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> close(0, 0b11)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void close_partnerThatTheQueryDoesNotName_ignored() {
        assertThat(close(0, 0b111))
                .isEqualTo(new OverlapContribution(true, 0b11, List.of(), false));
    }

    @Test
    void close_queryWithoutCells_noCells() {
        OverlapCaps withoutCells = new OverlapCaps(1, true, 1, 0);
        OpenWindow window = new OpenWindow(0);
        window.see(0);
        window.seeCell(1, 5, true);
        assertThat(withoutCells.close(withoutCells.freshCounters(), window))
                .isEqualTo(new OverlapContribution(true, 1, List.of(), false));
    }

    @Test
    void close_moreCellsThanTheCap_cutOnlyWhereTheyCount() {
        assertThat(close(0, 0b11, 2, 3, 3).cut()).isFalse();
        assertThat(close(100, 0b01, 1, 2, 3).cut()).isFalse();
        assertThat(new OverlapCapsTest().close(100, 0b11, 3, 2, 1).cut()).isTrue();
    }

    @Test
    void close_reachThatTheQueryDoesNotHave_cutsNothing() {
        OverlapCaps withoutReach = new OverlapCaps(2, false, 1, 1);
        long[] own = withoutReach.freshCounters();
        for (int start = 0; start < 3; start++) {
            OpenWindow window = new OpenWindow(start);
            window.see(1);
            assertThat(withoutReach.close(own, window))
                    .isEqualTo(new OverlapContribution(false, 0, List.of(), false));
        }
    }

    @Test
    void close_mostPartnersAndFullCounters_countersDoNotTouchOneAnother() {
        int max = OverlapCaps.WINDOWS_MAX;
        OverlapCaps wide = new OverlapCaps(32, true, max, 1);
        long[] counters = wide.freshCounters();
        assertThat(counters).hasSize(wide.counterWords()).hasSize(13);
        int every = 0b0101;
        boolean reached = true;
        for (int start = 0; start < max; start++) {
            OpenWindow window = new OpenWindow(start);
            window.see(0);
            window.see(2);
            reached &= wide.close(counters, window).reach() == every;
        }
        assertThat(reached).isTrue();
        OpenWindow all = new OpenWindow(max);
        for (int partner = 0; partner < 32; partner++) {
            all.see(partner);
        }
        assertThat(wide.close(counters, all))
                .isEqualTo(new OverlapContribution(true, ~every, List.of(), true));
    }

    @Test
    void construct_outOfRange_refused() {
        assertThatThrownBy(() -> new OverlapCaps(0, true, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OverlapCaps(33, true, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OverlapCaps(1, true, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OverlapCaps(1, true, 2_097_152, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OverlapCaps(1, true, 1, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_query_everyNumberInItsPlace() {
        assertThat(OverlapCaps.of(query("publisher"))).isEqualTo(new OverlapCaps(2, false, 4, 3));
        assertThat(OverlapCaps.of(query(null))).isEqualTo(new OverlapCaps(2, false, 4, 0));
    }

    private static OverlapQuery query(@Nullable String exposing) {
        return new OverlapQuery(
                "overlap",
                IdentifierKind.EMAIL,
                100,
                List.of("publisher", "advertiser"),
                exposing,
                4,
                3,
                50,
                Loss.epsilon("1"),
                null,
                exposing == null ? null : Loss.epsilon("1"),
                null);
    }

    private OverlapContribution close(long start, int partners, int... cells) {
        OpenWindow window = new OpenWindow(start);
        for (int partner = 0; partner < 32; partner++) {
            if ((partners >>> partner & 1) == 1) {
                window.see(partner);
            }
        }
        for (int cell : cells) {
            window.seeCell(cell, caps.cellsMax(), true);
        }
        return caps.close(counters, window);
    }
}
