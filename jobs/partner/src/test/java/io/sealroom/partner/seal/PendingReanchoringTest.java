package io.sealroom.partner.seal;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.Codecs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingReanchoringTest {

    private final TestRoom room = TestRoom.live("test-room");
    private final List<ChainHead> heads =
            List.of(
                    ChainHead.genesis("test-room", "publisher", 0, 2),
                    ChainHead.genesis("test-room", "publisher", 1, 2).next(new byte[] {1}));

    @Test
    void records_nothingStored_areNone() {
        assertThat(
                        new PendingReanchoring(Optional.empty(), ownSeals(), standing(START, START))
                                .records())
                .isEmpty();
    }

    @Test
    void records_partlySent_areTheRestByteForByte() {
        Bytes first = seal(room, 0, START + HOUR);
        Bytes second = seal(room, 1, START + 2 * HOUR);

        PendingReanchoring none = pending(standing(START + HOUR, START + 2 * HOUR), first, second);
        PendingReanchoring rest = pending(standing(START + HOUR, START), first, second);
        PendingReanchoring both = pending(standing(START, START), first, second);

        assertThat(none.records()).isEmpty();
        assertThat(none.begun()).isEmpty();
        assertThat(rest.records()).containsOnlyKeys(1).containsValue(second);
        assertThat(rest.until()).isEqualTo(START + 2 * HOUR);
        assertThat(both.records()).hasSize(2);
        assertThat(both.begun()).containsExactly(0, 1);
    }

    @Test
    void records_partitionChangedSince_areOfNoUseButBegun() {
        PendingReanchoring changed =
                pending(
                        List.of(
                                new PartitionProgress(START, heads.get(0).next(new byte[] {2})),
                                new PartitionProgress(START, heads.get(1))),
                        seal(room, 0, START + SLICE));

        assertThat(changed.records()).isEmpty();
        assertThat(changed.begun()).containsExactly(0);
        assertThat(changed.until()).isEqualTo(START + SLICE);
    }

    @Test
    void begun_sealsBeforeItGone_isNotOver() {
        PendingReanchoring gone =
                pending(standing(START - SLICE, START), seal(room, 0, START + SLICE));

        assertThat(gone.records()).isEmpty();
        assertThat(gone.begun()).containsExactly(0);
    }

    @Test
    void records_ofAnotherRoomOrGarbage_areOfNoUse() {
        PendingReanchoring others =
                pending(
                        standing(START, START),
                        seal(TestRoom.live("test-room"), 0, START + SLICE),
                        Bytes.fromHex("c301"));

        assertThat(others.records()).isEmpty();
        assertThat(others.begun()).isEmpty();
    }

    private PendingReanchoring pending(List<PartitionProgress> progress, Bytes... seals) {
        return new PendingReanchoring(
                Optional.of(new StoredStep(START, START + HOUR, List.of(seals))),
                ownSeals(),
                progress);
    }

    private List<PartitionProgress> standing(long first, long second) {
        return List.of(
                new PartitionProgress(first, heads.get(0)),
                new PartitionProgress(second, heads.get(1)));
    }

    private OwnSeals ownSeals() {
        return new OwnSeals(room.identity(), room.policy().partner("publisher"));
    }

    private Bytes seal(TestRoom signer, int partition, long to) {
        return Bytes.of(
                Codecs.SEAL.encode(
                        new Sealer(
                                        signer.identity(),
                                        signer.policy(),
                                        signer.policy().partner("publisher"),
                                        signer.keys("publisher"))
                                .reanchoring(partition, START, to, heads.get(partition))));
    }
}
