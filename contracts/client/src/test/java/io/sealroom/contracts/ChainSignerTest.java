package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChainSignerTest {

    private static final String ORDER =
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    @Test
    void sign_anyDigest_recoversToTheAccountWithALowS() {
        ChainSigner signer = TestRoom.signer(0xa1);
        for (int i = 0; i < 50; i++) {
            Word digest = RoomDigests.id("digest " + i);
            // Recovery refuses a high s and any v but 27 and 28.
            assertThat(Recovery.recover(digest, signer.sign(digest))).isEqualTo(signer.account());
        }
    }

    @Test
    void sign_sameDigest_givesTheSameBytes() {
        Word digest = RoomDigests.id("digest");
        assertThat(TestRoom.signer(1).sign(digest)).isEqualTo(TestRoom.signer(1).sign(digest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "zz", ORDER, "0x" + ORDER})
    void fromHex_noKey_isRefusedWithoutSayingIt(String text) {
        assertThatThrownBy(() -> ChainSigner.fromHex(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("privateKey must be")
                .message()
                .doesNotContain(ORDER);
    }

    @Test
    void fromHex_zero_isRefused() {
        assertThatThrownBy(() -> TestRoom.signer(0)).hasMessage("privateKey must be in [1, n)");
    }

    @Test
    void toString_never_showsTheKey() {
        String key = "7".repeat(64);
        assertThat(ChainSigner.fromHex(key).toString())
                .doesNotContain(key)
                .startsWith("ChainSigner[0x");
    }

    @Test
    void endpointText_never_showsTheUrl() {
        RoomLocation location =
                new RoomLocation(1, new Account("0x" + "5e".repeat(20)), RoomDigests.id("policy"));
        assertThat(RoomEndpoint.of("http://user:secret@chain", location, TestRoom.signer(1)))
                .asString()
                .doesNotContain("secret");
    }
}
