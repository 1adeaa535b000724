package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.contracts.ChainEvent;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Bytes32;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    private static final ChainEvent.Position AT =
            new ChainEvent.Position(7, new Word(1, 0, 0, 0), new Word(2, 0, 0, 0), 3);
    private static final Word QUERY = new Word(3, 0, 0, 0);
    private static final Word OFFERED = new Word(4, 0, 0, 0);

    @Test
    void withheld_saysWhatWasOffered() {
        var event = new RoomEvent.Withheld(AT, QUERY, 10, 20, OFFERED, Word.ZERO, BigInteger.TWO);
        assertThat(Receipts.of(List.of(event)))
                .containsExactly(
                        new ReceiptRecord(
                                ReceiptKind.WITHHELD,
                                new ReleaseKey(Words.bytes32(QUERY), 10),
                                20,
                                Bytes32.ZERO,
                                Words.bytes32(OFFERED),
                                Words.bytes32(AT.transaction()),
                                7,
                                Words.bytes32(AT.blockHash())));
    }

    @Test
    void eventsThatAreNoResult_passedOver() {
        assertThat(
                        Receipts.of(
                                List.of(
                                        new RoomEvent.Activated(AT),
                                        new RoomEvent.TotalsConflict(
                                                AT, 10, 20, QUERY, List.of(OFFERED)),
                                        new RoomEvent.TotalsEquivocation(
                                                AT, QUERY, 10, 20, QUERY, OFFERED))))
                .isEmpty();
    }
}
