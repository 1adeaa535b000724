package io.sealroom.partner.seal;

import static io.sealroom.partner.room.TestRoom.END;
import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.Token;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionReplayTest {

    private final TestRoom room = TestRoom.file("test-room");
    private final PartitionReplay replay = replay(Long.MAX_VALUE);
    private final ChainHead genesis = ChainHead.genesis("test-room", "advertiser", 0, 1);

    @Test
    void record_nothing_standsAtTheRoomsStart() {
        assertThat(replay.sealedUntil()).isEqualTo(START);
        assertThat(replay.head()).isEqualTo(genesis);
        assertThat(replay.unsealedEvents()).isEmpty();
    }

    @Test
    void record_eventsAndSeal_rebuildsHeadAndWhatIsSealed() {
        byte[] first = event(1);
        byte[] second = event(2);
        Seal seal = seal(START, START + SLICE, genesis.next(first));

        replay.record(0, first);
        replay.record(2, Codecs.SEAL.encode(seal));
        replay.record(4, second);

        assertThat(replay.difference()).isEmpty();
        assertThat(replay.sealedUntil()).isEqualTo(START + SLICE);
        assertThat(replay.closing()).isEqualTo(genesis.next(first));
        assertThat(replay.head())
                .isEqualTo(genesis.next(first).next(Codecs.SEAL.encode(seal)).next(second));
        assertThat(replay.sealedEvents()).containsExactly(new EventId(0, 1));
        assertThat(replay.unsealedEvents())
                .containsOnlyKeys(new EventId(0, 2))
                .containsValue(new PartitionReplay.Unsealed(4, Digests.sha256(second)));
    }

    @Test
    void record_idOfAnEventSealedLongAgo_isNoDifference() {
        PartitionReplay forgetful = replay(SLICE);
        byte[] event = event(1);
        byte[] first = Codecs.SEAL.encode(seal(START, START + SLICE, genesis.next(event)));
        ChainHead afterFirst = genesis.next(event).next(first);
        byte[] second = Codecs.SEAL.encode(seal(START + SLICE, START + 2 * SLICE, afterFirst));

        forgetful.record(0, event);
        forgetful.record(1, first);
        assertThat(forgetful.sentEvents().contains(new EventId(0, 1))).isTrue();
        forgetful.record(2, second);
        forgetful.record(3, event);
        assertThat(forgetful.difference()).isEmpty();
        assertThat(forgetful.sentEvents().remembered()).containsExactly(new EventId(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1, 1", "1, 0, 1, 0", "0, 1, 2, 0", "0, 0, 0, 0"})
    void record_ownSealThatDoesNotFollow_isADifference(
            int partition, int fromSlice, int toSlice, long count) {
        Seal seal =
                new Seal(
                        partition,
                        START + fromSlice * SLICE,
                        START + toSlice * SLICE,
                        count,
                        genesis.head(),
                        room.policy().hash(),
                        false,
                        List.of(),
                        Bytes.EMPTY);

        assertWrong(signed(seal, "advertiser"));
    }

    @Test
    void record_sealOfAnotherSigner_isADifference() {
        assertWrong(signed(seal(START, START + SLICE, genesis), "publisher"));
    }

    @Test
    void record_sameEventTwice_isADifference() {
        replay.record(0, event(1));
        replay.record(1, event(1));

        assertThat(replay.difference())
                .contains(new LedgerDifference(0, 1, LedgerDifference.Kind.UNEXPECTED_RECORD));
    }

    @Test
    void record_sealedEventAgain_isADifference() {
        byte[] event = event(1);
        replay.record(0, event);
        replay.record(1, Codecs.SEAL.encode(seal(START, START + HOUR, genesis.next(event))));

        assertThat(replay.difference()).isEmpty();
        replay.record(2, event);
        assertThat(replay.difference()).isPresent();
    }

    @Test
    void record_garbage_isADifference() {
        replay.record(9, new byte[] {1, 2, 3});

        assertThat(replay.difference())
                .contains(new LedgerDifference(0, 9, LedgerDifference.Kind.UNEXPECTED_RECORD));
    }

    @Test
    void record_ownSealAfterALoss_movesNothingButIsKnownAsOwn() {
        byte[] lost = event(1);
        replay.record(0, Codecs.SEAL.encode(seal(START, START + SLICE, genesis.next(lost))));

        assertThat(replay.sealedUntil()).isEqualTo(START);
        assertThat(replay.ownSealedUntil()).isEqualTo(START + SLICE);
        assertThat(replay.lastSealOffset()).isEqualTo(-1);
        replay.record(1, event(2));
        replay.record(2, Codecs.SEAL.encode(foreignSeal(START, END, replay.head())));
        assertThat(replay.ownSealedUntil()).isEqualTo(START + SLICE);
        assertThat(replay.unsealedUntil()).isEqualTo(START + 1);
    }

    @Test
    void record_reanchoringSeal_acceptsWhatIsThereAndGoesOn() {
        byte[] wrong = Codecs.SEAL.encode(seal(START, START + SLICE, genesis.next(event(1))));
        replay.record(0, wrong);
        replay.record(1, new byte[] {1});
        replay.record(2, event(2));
        byte[] mended =
                Codecs.SEAL.encode(sealer().reanchoring(0, START, START + HOUR, replay.head()));
        replay.record(3, mended);

        assertThat(replay.difference()).isEmpty();
        assertThat(replay.sealedUntil()).isEqualTo(START + HOUR);
        assertThat(replay.lastSealOffset()).isEqualTo(3);
        assertThat(replay.unsealedUntil()).isEqualTo(START + HOUR);
        assertThat(replay.sealedEvents()).containsExactly(new EventId(0, 2));
        replay.record(
                4, Codecs.SEAL.encode(seal(START + HOUR, START + HOUR + SLICE, replay.head())));
        assertThat(replay.difference()).isEmpty();
        assertThat(replay.sealedUntil()).isEqualTo(START + HOUR + SLICE);
    }

    @Test
    void record_ordinarySealBehindADifference_doesNotSettleIt() {
        replay.record(0, new byte[] {1});
        replay.record(1, Codecs.SEAL.encode(seal(START, START + SLICE, replay.head())));

        assertThat(replay.sealedUntil()).isEqualTo(START + SLICE);
        assertThat(replay.difference())
                .contains(new LedgerDifference(0, 0, LedgerDifference.Kind.UNEXPECTED_RECORD));
    }

    @Test
    void record_anythingBehindTheRoomsLastSeal_isNoDifference() {
        replay.record(0, Codecs.SEAL.encode(sealer().reanchoring(0, START, END, genesis)));
        assertThat(replay.isWhole()).isTrue();
        replay.record(1, new byte[] {1});
        replay.record(2, event(1));
        replay.record(3, Codecs.SEAL.encode(sealer().reanchoring(0, START, END, genesis)));

        assertThat(replay.difference()).isEmpty();
        assertThat(replay.head().count()).isEqualTo(4);
    }

    @Test
    void record_reanchoringSealThatDoesNotFollow_settlesNothing() {
        replay.record(0, new byte[] {1});
        replay.record(1, Codecs.SEAL.encode(sealer().reanchoring(0, START, START + HOUR, genesis)));

        assertThat(replay.sealedUntil()).isEqualTo(START);
        assertThat(replay.difference()).isPresent();
    }

    private PartitionReplay replay(long memoryMillis) {
        return new PartitionReplay(
                PartnerTopic.of(room.identity(), room.policy(), "advertiser"), 0, memoryMillis);
    }

    private void assertWrong(Seal seal) {
        replay.record(3, Codecs.SEAL.encode(seal));

        assertThat(replay.difference())
                .contains(new LedgerDifference(0, 3, LedgerDifference.Kind.WRONG_SEAL));
    }

    private Seal signed(Seal seal, String partner) {
        return seal.signed(
                room.keys(partner)
                        .chain()
                        .sign(room.identity().digest(seal.structHash("advertiser", 1))));
    }

    private Seal seal(long from, long to, ChainHead head) {
        return sealer().seal(0, from, to, List.of(head));
    }

    private Seal foreignSeal(long from, long to, ChainHead head) {
        return signed(
                new Seal(
                        0,
                        from,
                        to,
                        head.count(),
                        head.head(),
                        room.policy().hash(),
                        true,
                        List.of(),
                        Bytes.EMPTY),
                "publisher");
    }

    private Sealer sealer() {
        return new Sealer(
                room.identity(),
                room.policy(),
                room.policy().partner("advertiser"),
                room.keys("advertiser"));
    }

    private static byte[] event(long id) {
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        new EventId(0, id),
                        731,
                        IdentifierKind.EMAIL,
                        List.of(new Token(1, 2, 3, 4)),
                        EventKind.VIEW,
                        START,
                        "news",
                        null));
    }
}
