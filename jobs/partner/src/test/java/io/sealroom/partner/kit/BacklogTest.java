package io.sealroom.partner.kit;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.schemas.policy.Policy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final long FIRST_END = START + SLICE;

    private final Policy policy = TestRoom.live("test-room").policy();
    private final long grace = policy.graceMillis();

    @Test
    void dueAt_sliceThatIsNotOver_isGraceAfterItsEndWhateverComes() {
        Backlog backlog = new Backlog(policy, START);

        backlog.came(START + 1, FIRST_END + grace - 1);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(FIRST_END + grace);
    }

    @Test
    void dueAt_sliceOverBeforeTheStart_isGraceAfterTheStart() {
        Backlog backlog = new Backlog(policy, START + HOUR);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(START + HOUR + grace);
        assertThat(backlog.dueAt(START + HOUR)).isEqualTo(START + HOUR + grace);
        assertThat(backlog.dueAt(START + HOUR + SLICE)).isEqualTo(START + HOUR + SLICE + grace);
    }

    @Test
    void dueAt_eventsComeForTheSlice_waitsForGraceOfQuiet() {
        Backlog backlog = new Backlog(policy, START + HOUR);

        backlog.came(FIRST_END - 1, START + HOUR + 7);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(START + HOUR + 7 + grace);
        assertThat(backlog.dueAt(FIRST_END + SLICE)).isEqualTo(START + HOUR + 7 + grace);
    }

    @Test
    void dueAt_eventsComeForLaterSlicesOnly_doesNotWaitForThem() {
        Backlog backlog = new Backlog(policy, START + HOUR);

        backlog.came(FIRST_END, START + HOUR + 7);
        backlog.came(START + HOUR, START + HOUR + 8);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(START + HOUR + grace);
    }

    @Test
    void dueAt_afterTheWriterWasHeldUp_waitsForGraceOfQuietAgain() {
        Backlog backlog = new Backlog(policy, START);

        backlog.heldUp(FIRST_END + HOUR);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(FIRST_END + HOUR + grace);
        backlog.came(START, FIRST_END + HOUR + 5);
        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(FIRST_END + HOUR + 5 + grace);
    }

    @Test
    void sealed_forgetsWhatCameForTheSlice() {
        Backlog backlog = new Backlog(policy, START + HOUR);
        backlog.came(START, START + HOUR + 7);

        backlog.sealed(FIRST_END);

        assertThat(backlog.dueAt(FIRST_END + SLICE)).isEqualTo(START + HOUR + grace);
    }

    /**
     * A process that was stopped, or that waited for Kafka: the source kept what came meanwhile.
     */
    @Test
    void dueAt_writerStoodStillForLongerThanGrace_waitsUntilNothingComes() {
        Backlog backlog = new Backlog(policy, START);
        long nanos = TimeUnit.MILLISECONDS.toNanos(grace);

        backlog.looked(5, START + 1);
        backlog.looked(5 + nanos, FIRST_END + 1);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(FIRST_END + grace);

        backlog.looked(6 + 2 * nanos, FIRST_END + HOUR);

        assertThat(backlog.dueAt(FIRST_END)).isEqualTo(FIRST_END + HOUR + grace);
    }
}
