package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ValuesTest {

    @Test
    void word_hexAndBytes_roundTrip() {
        String hex = "0x" + "0123456789abcdef".repeat(4);
        Word word = Word.fromHex(hex);
        assertThat(word).hasToString(hex).isEqualTo(Word.of(word.toBytes()));
        assertThat(Word.fromHex(hex.substring(2))).isEqualTo(word);
        assertThat(Word.of(new byte[32]).isZero()).isTrue();
    }

    @Test
    void word_wrongLength_isRefused() {
        assertThatThrownBy(() -> Word.of(new byte[31]))
                .hasMessage("bytes must be 32 long, given 31");
    }

    @Test
    void account_anyCase_isFolded() {
        Account account = new Account("0xABCDEF" + "00".repeat(17));
        assertThat(account).hasToString("0xabcdef" + "00".repeat(17));
        assertThat(Account.of(account.toBytes())).isEqualTo(account);
    }

    @Test
    void account_noAddress_isRefused() {
        assertThatThrownBy(() -> new Account("0x12"))
                .hasMessage("account must be 0x and 40 hex digits");
    }

    @Test
    void signature_bytes_areCopiedInAndOut() {
        byte[] bytes = {1, 2, 3};
        Signature signature = Signature.of(bytes);
        bytes[0] = 9;
        signature.toBytes()[1] = 9;
        assertThat(signature)
                .isEqualTo(Signature.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(Signature.of(new byte[] {1, 2, 3}))
                .isNotEqualTo(Signature.NONE)
                .hasToString("0x010203");
    }

    @Test
    void windowOffer_signaturesInAnyOrder_areKeptByRisingAddress() {
        NodeSignature low = new NodeSignature(new Account("0x" + "11".repeat(20)), Signature.NONE);
        NodeSignature high = new NodeSignature(new Account("0x" + "ff".repeat(20)), Signature.NONE);
        WindowOffer offer = new WindowOffer(0, 1, List.of(), List.of(), List.of(high, low));
        assertThat(offer.signatures()).containsExactly(low, high);
    }

    @Test
    void evidence_negativeIndex_isRefused() {
        assertThatThrownBy(() -> new ReleaseEvidence(List.of(), Signature.NONE, -1))
                .hasMessage("index must be at least 0, given -1");
    }

    @Test
    void configuration_epochs_areThoseOfItsWindows() {
        RoomConfiguration room = TestRoom.configuration(1, new Account("0x" + "77".repeat(20)));
        assertThat(room.firstEpoch()).isEqualTo(TestRoom.FIRST_EPOCH);
        // The end is not part of the room.
        assertThat(room.lastEpoch()).isEqualTo(TestRoom.FIRST_EPOCH + 1);
    }
}
