package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.streaming.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SourceAlarmsTest {

    private final LogLines lines = LogLines.of(SourceAlarms.class.getName());
    private final SourceAlarms alarms = new SourceAlarms();

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @Test
    void rejected_seal_namesPartnerPartitionOffsetAndReason() {
        alarms.rejected(new Reject("publisher", 1, 42, RejectReason.SEAL_HEAD), 1_000);
        assertThat(lines.written()).hasSize(1);
        assertThat(lines.written().get(0))
                .startsWith(
                        "ERROR Seal refused: partner publisher, partition 1, offset 42, reason"
                                + " SEAL_HEAD.")
                .contains("sealed until 1000");
    }

    @Test
    void rejected_sealThatDiffers_namesBothOffsets() {
        alarms.rejected(new Reject("publisher", 1, 42, RejectReason.SEAL_DIFFERS, 7L), 1_000);
        assertThat(lines.written()).hasSize(1);
        assertThat(lines.written().get(0))
                .startsWith(
                        "ERROR Seals differ: partner publisher, partition 1, the seal at offset 42")
                .contains("the valid one at offset 7")
                .contains("keep the topic");
    }

    @Test
    void rejected_floodOfRefusedSeals_doesNotHideOneThatDiffers() {
        for (int offset = 0; offset < 100; offset++) {
            alarms.rejected(new Reject("publisher", 0, offset, RejectReason.SEAL_ORDER), 0);
        }
        alarms.rejected(new Reject("publisher", 0, 100, RejectReason.SEAL_DIFFERS, 7L), 0);
        assertThat(lines.written()).hasSize(SourceAlarms.ALARMS_MAX + 1);
        assertThat(lines.written().get(SourceAlarms.ALARMS_MAX)).startsWith("ERROR Seals differ");
    }

    @Test
    void rejected_floodOfSealsThatDiffer_bounded() {
        for (int offset = 0; offset < 100; offset++) {
            alarms.rejected(new Reject("publisher", 0, offset, RejectReason.SEAL_DIFFERS, 7L), 0);
        }
        assertThat(lines.written()).hasSize(SourceAlarms.ALARMS_MAX);
    }

    @Test
    void rejected_repeatedSeal_silent() {
        alarms.rejected(new Reject("publisher", 1, 42, RejectReason.SEAL_REPEATED), 1_000);
        assertThat(lines.written()).isEmpty();
    }

    @Test
    void rejected_event_silent() {
        alarms.rejected(new Reject("publisher", 1, 42, RejectReason.LATE), 1_000);
        assertThat(lines.written()).isEmpty();
    }

    @Test
    void rejected_floodOfSeals_boundedUntilPartitionSealsAgain() {
        for (int offset = 0; offset < 1_000; offset++) {
            alarms.rejected(new Reject("publisher", 0, offset, RejectReason.SEAL_SIGNATURE), 0);
        }
        assertThat(lines.written()).hasSize(SourceAlarms.ALARMS_MAX);
        assertThat(lines.written().get(SourceAlarms.ALARMS_MAX - 1))
                .endsWith("Further ones are only counted.");
        alarms.rejected(new Reject("publisher", 1, 0, RejectReason.SEAL_ORDER), 0);
        alarms.sealed(0);
        alarms.rejected(new Reject("publisher", 0, 1_000, RejectReason.SEAL_COUNT), 0);
        assertThat(lines.written()).hasSize(SourceAlarms.ALARMS_MAX + 2);
    }
}
