package io.sealroom.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More refused seals than are kept. */
class RefusedSealsTest {

    private static final int ONE_TOO_MANY = RefusedSeals.KEPT_MAX + 1;

    private final TestingRoom room = TestingRoom.small();
    private final Policy policy = room.policy();
    private final RefusedSeals refused = new RefusedSeals();

    /** A node that starts from the beginning again writes its rejects again. */
    private void refuseAll() {
        for (long offset = 0; offset < ONE_TOO_MANY; offset++) {
            refused.record(new Reject("publisher", 1, offset, RejectReason.SEAL_COUNT));
        }
    }

    private SealTrace genuine(long offset) {
        return new SealTrace(offset, 0, room.minute(60), true);
    }

    private PartitionStatus status(SealTrace... seals) {
        return PartitionStatus.of(
                policy,
                "publisher",
                1,
                ONE_TOO_MANY,
                List.of(seals),
                refused,
                policy.startMillis());
    }

    @Test
    void status_refusedSealThatIsNoLongerKnown_doesNotStand() {
        refuseAll();
        assertThat(refused.reason("publisher", 1, 0)).isEmpty();
        assertThat(refused.mayStand("publisher", 1, 0)).isFalse();
        PartitionStatus status = status(genuine(0), genuine(1), genuine(2));
        assertThat(status.state()).isEqualTo(PartitionState.REFUSED);
        assertThat(status.standing()).isNull();
        assertThat(status.sealedUntil()).isEqualTo(policy.startMillis());
    }

    @Test
    void status_validSealBehindThem_stands() {
        refuseAll();
        refuseAll();
        PartitionStatus status = status(genuine(2), genuine(ONE_TOO_MANY));
        assertThat(status.state()).isEqualTo(PartitionState.SEALING);
        assertThat(status.sealedUntil()).isEqualTo(room.minute(60));
    }

    @Test
    void mayStand_otherPartition_isNotConcerned() {
        refuseAll();
        assertThat(refused.mayStand("publisher", 0, 0)).isTrue();
        assertThat(refused.mayStand("advertiser", 1, 0)).isTrue();
    }
}
