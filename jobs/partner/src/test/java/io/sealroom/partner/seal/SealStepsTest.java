package io.sealroom.partner.seal;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SealStepsTest {

    private static final NavigableSet<Long> NONE = new TreeSet<>();

    private final SealSteps steps = new SealSteps(TestRoom.file("test-room").policy());

    @Test
    void next_emptySlices_goTogetherUpToTheWindowsEnd() {
        assertThat(steps.next(START, NONE)).isEqualTo(START + HOUR);
        assertThat(steps.next(START + 2 * SLICE, NONE)).isEqualTo(START + HOUR);
        assertThat(steps.next(START + HOUR, NONE)).isEqualTo(START + 2 * HOUR);
    }

    @Test
    void next_emptySlicesBeforeOneWithEvents_endWhereItBegins() {
        NavigableSet<Long> slices = new TreeSet<>(List.of(START + 3 * SLICE));

        assertThat(steps.next(START, slices)).isEqualTo(START + 3 * SLICE);
        assertThat(steps.next(START + 3 * SLICE, slices)).isEqualTo(START + 4 * SLICE);
        assertThat(steps.next(START + 4 * SLICE, slices)).isEqualTo(START + HOUR);
    }

    @Test
    void next_nextEventsInALaterWindow_stopsAtThisWindowsEnd() {
        NavigableSet<Long> slices = new TreeSet<>(List.of(START + 2 * HOUR));

        assertThat(steps.next(START, slices)).isEqualTo(START + HOUR);
    }

    @Test
    void next_live_isOneSliceAtATime() {
        SealSteps live = new SealSteps(TestRoom.live("test-room").policy());

        assertThat(live.next(START, NONE)).isEqualTo(START + SLICE);
    }

    @Test
    void sliceOf_andSlicesUntil_countFromTheStart() {
        assertThat(steps.sliceOf(START + 2 * SLICE - 1)).isEqualTo(START + SLICE);
        assertThat(steps.slicesUntil(START + HOUR)).isEqualTo(6);
    }
}
