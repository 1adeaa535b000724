package io.sealroom.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTrailTest {

    private final TestingRoom room = TestingRoom.small();
    private final TestingPartner partner = room.partner("advertiser");
    private final SealTrail trail =
            new SealTrail(PartnerTopic.of(room.identity(), room.policy(), "advertiser"), 0);

    private void take(List<byte[]> records) {
        for (int offset = 0; offset < records.size(); offset++) {
            trail.take(offset, records.get(offset));
        }
    }

    private void writeHour(int hour) {
        long start = room.minute(60L * hour);
        for (int i = 0; i < 3; i++) {
            partner.write(0, partner.events().conversion("p" + i, start + i, 100));
        }
        partner.sealAll(start + 3_600_000);
    }

    @Test
    void place_untouchedLog_isBehindItsLastSeal() {
        writeHour(0);
        writeHour(1);
        take(partner.records(0));
        assertThat(trail.sealedUntil()).isEqualTo(room.minute(120));
        assertThat(trail.place()).isEqualTo(new Place("advertiser", 0, 7L, null));
        assertThat(trail.says()).contains("no other after it");
        assertThat(trail.refused()).isEmpty();
    }

    @Test
    void place_alteredEvent_liesBetweenTheSealsAroundIt() {
        writeHour(0);
        writeHour(1);
        writeHour(2);
        List<byte[]> altered = new ArrayList<>(partner.records(0));
        altered.set(5, altered.get(4));
        take(altered);
        assertThat(trail.sealedUntil()).isEqualTo(room.minute(60));
        assertThat(trail.place()).isEqualTo(new Place("advertiser", 0, 3L, 7L));
        assertThat(trail.says()).contains("the seal at offset 7 is refused (SEAL_HEAD)");
        // The one after it is refused too, and is a consequence.
        assertThat(trail.refused()).hasSize(2);
    }

    /** A seal that an agent sent again after a crash holds nothing up. */
    @Test
    void place_repeatedSeal_isNotWhatHolds() {
        writeHour(0);
        partner.append(0, partner.records(0).get(3));
        take(partner.records(0));
        assertThat(trail.refused()).hasSize(1);
        assertThat(trail.place()).isEqualTo(new Place("advertiser", 0, 3L, null));
        assertThat(trail.says()).contains("no other after it");
    }

    @Test
    void place_validSealAfterARefusedOne_holdsNoMore() {
        writeHour(0);
        partner.append(
                0,
                Codecs.SEAL.encode(
                        partner.sign(
                                partner.nextSeal(0, room.minute(120)),
                                TestingKeys.chainKey("publisher"))));
        writeHour(1);
        take(partner.records(0));
        assertThat(trail.sealedUntil()).isEqualTo(room.minute(120));
        assertThat(trail.place().atOffset()).isEmpty();
        assertThat(trail.refused()).hasSize(1);
    }

    /** However many others it sent before. */
    @Test
    void contradicting_behindMoreRefusedThanAreKept_isThere() {
        Seal second = partner.nextSeal(0, room.minute(60));
        writeHour(0);
        byte[] first = partner.records(0).get(3);
        for (int i = 0; i < SealTrail.REFUSED_MAX; i++) {
            partner.append(0, first);
        }
        partner.append(0, Codecs.SEAL.encode(second));
        take(partner.records(0));
        assertThat(trail.refused())
                .hasSize(SealTrail.REFUSED_MAX)
                .allMatch(seal -> seal.reason() == RejectReason.SEAL_REPEATED);
        assertThat(trail.contradicting())
                .containsExactly(
                        new SealTrail.Refused(
                                "advertiser",
                                0,
                                4L + SealTrail.REFUSED_MAX,
                                RejectReason.SEAL_DIFFERS));
    }

    /** Sealed for a log that has lost a record since, and re-anchored over it. */
    @Test
    void contradicting_sealOfSlicesThatWereReanchored_isNone() {
        Seal lost = partner.nextSeal(0, room.minute(60));
        partner.write(0, partner.events().conversion("p", room.minute(1), 100));
        partner.reanchor(0, room.minute(60));
        partner.append(0, Codecs.SEAL.encode(lost));
        take(partner.records(0));
        assertThat(trail.refused())
                .extracting(SealTrail.Refused::reason)
                .containsExactly(RejectReason.SEAL_DIFFERS);
        assertThat(trail.contradicting()).isEmpty();
    }

    @Test
    void refused_endlessly_keepsTheFirst() {
        for (int i = 0; i < SealTrail.REFUSED_MAX + 5; i++) {
            partner.append(
                    0,
                    Codecs.SEAL.encode(
                            partner.sign(
                                    partner.nextSeal(0, room.minute(60)),
                                    TestingKeys.chainKey("publisher"))));
        }
        take(partner.records(0));
        assertThat(trail.refused()).hasSize(SealTrail.REFUSED_MAX);
        assertThat(trail.place().atOffset()).hasValue(0);
    }
}
