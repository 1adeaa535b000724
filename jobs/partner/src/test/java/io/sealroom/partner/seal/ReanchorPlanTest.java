package io.sealroom.partner.seal;

import static io.sealroom.partner.room.TestRoom.END;
import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReanchorPlanTest {

    private static final long MINUTE = 60_000;

    private final TestRoom live = TestRoom.live("test-room");
    private final TestRoom file = TestRoom.file("test-room");

    @Test
    void of_liveNothingSealedAfterwards_endsWithTheSliceOfNow() {
        PartitionReplay damaged = sealed(live, 1, 2);
        PartitionReplay sound = sealed(live, 0, 2);

        ReanchorPlan plan = plan(live, List.of(sound, damaged), damaged, START + 3 * SLICE + 1);

        assertThat(plan.from()).isEqualTo(START + 2 * SLICE);
        assertThat(plan.to()).isEqualTo(START + 4 * SLICE);
    }

    @Test
    void of_liveNowFarAhead_endsWhereNoOwnEventCanLie() {
        PartitionReplay damaged = sealed(live, 1, 2);

        ReanchorPlan plan = plan(live, List.of(damaged), damaged, START + 100 * HOUR);

        // An event exactly maxAhead beyond the seal may be there, and takes its slice along.
        assertThat(plan.to()).isEqualTo(START + 3 * SLICE + HOUR);
    }

    @Test
    void of_liveNowOnASliceEnd_takesNoFurtherSlice() {
        PartitionReplay damaged = sealed(live, 1, 2);

        assertThat(plan(live, List.of(damaged), damaged, START + 4 * SLICE).to())
                .isEqualTo(START + 4 * SLICE);
    }

    @Test
    void of_ownSealsRefused_endsNotBeforeThem() {
        PartitionReplay damaged = sealed(file, 1, 1);
        damaged.record(7, record(file, 1, START + SLICE, START + 5 * SLICE, wrongHead(1)));

        ReanchorPlan plan = plan(file, List.of(damaged), damaged, START);

        assertThat(plan.from()).isEqualTo(START + SLICE);
        assertThat(plan.to()).isEqualTo(START + 5 * SLICE);
    }

    @Test
    void of_otherPartitionSealedFurther_endsThere() {
        PartitionReplay damaged = sealed(file, 1, 1);
        PartitionReplay sound = sealed(file, 0, 4);

        assertThat(plan(file, List.of(sound, damaged), damaged, START).to())
                .isEqualTo(START + 4 * SLICE);
    }

    @Test
    void of_eventBehindTheLastSeal_endsBehindItsSlice() {
        PartitionReplay damaged = sealed(file, 1, 1);
        damaged.record(7, event(START + 3 * SLICE));

        assertThat(plan(file, List.of(damaged), damaged, START).to()).isEqualTo(START + 4 * SLICE);
    }

    @Test
    void of_strangersEventFarAhead_doesNotMoveTheEndBeyondReach() {
        PartitionReplay damaged = sealed(file, 1, 1);
        damaged.record(7, event(END - 1));

        assertThat(plan(file, List.of(damaged), damaged, START).to())
                .isEqualTo(START + 2 * SLICE + HOUR);
    }

    @Test
    void of_nothingKnownBehindTheSeal_takesOneSlice() {
        PartitionReplay damaged = sealed(file, 1, 3);

        ReanchorPlan plan = plan(file, List.of(damaged), damaged, START);

        assertThat(plan.from()).isEqualTo(START + 3 * SLICE);
        assertThat(plan.to()).isEqualTo(START + 4 * SLICE);
    }

    @Test
    void of_storedStepFurther_endsThere() {
        PartitionReplay damaged = sealed(file, 1, 1);

        assertThat(
                        ReanchorPlan.of(
                                        file.policy(),
                                        List.of(damaged),
                                        List.of(damaged),
                                        START + 6 * SLICE,
                                        START)
                                .to())
                .isEqualTo(START + 6 * SLICE);
    }

    @Test
    void of_nearTheRoomsEnd_endsWithTheRoom() {
        PartitionReplay damaged = sealed(live, 1, 17);

        assertThat(plan(live, List.of(damaged), damaged, END + 5 * HOUR).to()).isEqualTo(END);
    }

    @Test
    void withheld_partsOfWindows_countsTheWholeOnes() {
        ReanchorPlan plan =
                new ReanchorPlan(file.policy(), START + HOUR - 1, START + HOUR + 20 * MINUTE);

        assertThat(plan.withheld())
                .containsExactly(
                        new ReanchorPlan.Withheld(HOUR, START, START + 2 * HOUR),
                        new ReanchorPlan.Withheld(3 * HOUR, START, END));
        assertThat(plan.withheld().get(0).windows()).isEqualTo(2);
        assertThat(new ReanchorPlan(file.policy(), START, START + HOUR).withheld().get(0).windows())
                .isOne();
    }

    private static ReanchorPlan plan(
            TestRoom room, List<PartitionReplay> all, PartitionReplay damaged, long now) {
        return ReanchorPlan.of(room.policy(), all, List.of(damaged), Long.MIN_VALUE, now);
    }

    /** A partition with one seal over the first slices. */
    private static PartitionReplay sealed(TestRoom room, int partition, int slices) {
        PartitionReplay replay =
                new PartitionReplay(
                        PartnerTopic.of(room.identity(), room.policy(), "publisher"),
                        partition,
                        Long.MAX_VALUE);
        replay.record(
                0,
                Codecs.SEAL.encode(
                        sealer(room)
                                .reanchoring(
                                        partition, START, START + slices * SLICE, replay.head())));
        assertThat(replay.sealedUntil()).isEqualTo(START + slices * SLICE);
        return replay;
    }

    private static byte[] record(
            TestRoom room, int partition, long from, long to, ChainHead before) {
        return Codecs.SEAL.encode(sealer(room).reanchoring(partition, from, to, before));
    }

    private static ChainHead wrongHead(int partition) {
        return ChainHead.genesis("another-room", "publisher", partition, 2);
    }

    private static Sealer sealer(TestRoom room) {
        Policy policy = room.policy();
        return new Sealer(
                room.identity(), policy, policy.partner("publisher"), room.keys("publisher"));
    }

    private static byte[] event(long time) {
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        new EventId(1, time),
                        730,
                        IdentifierKind.EMAIL,
                        List.of(new Token(1, 2, 3, 4)),
                        EventKind.VIEW,
                        time,
                        "news",
                        null));
    }
}
