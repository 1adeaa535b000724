package io.sealroom.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import org.junit.jupiter.api.Test;

class WindowSecretsTest {

    private static final byte[] KEY = WindowSecrets.generatePrivateKey();
    private static final byte[] PLAINTEXT = new byte[WindowSecrets.PLAINTEXT_LENGTH];
    private static final byte[] AAD = WindowSecrets.aad("room-one", "publisher", 1, 2);

    private static RecipientSecret sealed() {
        return WindowSecrets.seal("node-one", WindowSecrets.publicKey(KEY), AAD, PLAINTEXT);
    }

    @Test
    void open_ownSecret_givesPlaintext() {
        assertThat(WindowSecrets.open(sealed(), KEY, AAD)).hasValue(PLAINTEXT);
    }

    @Test
    void open_otherKey_isRefused() {
        assertThat(WindowSecrets.open(sealed(), WindowSecrets.generatePrivateKey(), AAD)).isEmpty();
    }

    @Test
    void open_otherWindow_isRefused() {
        byte[] other = WindowSecrets.aad("room-one", "publisher", 2, 3);
        assertThat(WindowSecrets.open(sealed(), KEY, other)).isEmpty();
    }

    @Test
    void open_changedCiphertext_isRefused() {
        RecipientSecret secret = sealed();
        byte[] changed = secret.ciphertext().toBytes();
        changed[10] ^= 1;
        RecipientSecret tampered =
                new RecipientSecret(secret.recipient(), secret.enc(), Bytes.of(changed));
        assertThat(WindowSecrets.open(tampered, KEY, AAD)).isEmpty();
    }

    /** A ciphertext is foreign: its key may be a point of small order, our own may be cut short. */
    @Test
    void open_unusableKeys_isRefusedWithoutThrowing() {
        RecipientSecret smallOrder =
                new RecipientSecret("node-one", Bytes32.ZERO, sealed().ciphertext());
        assertThat(WindowSecrets.open(smallOrder, KEY, AAD)).isEmpty();
        assertThat(WindowSecrets.open(sealed(), new byte[31], AAD)).isEmpty();
    }

    @Test
    void isUsable_pointOfSmallOrder_isNot() {
        Bytes32 one = Bytes32.fromHex("01" + "00".repeat(31));
        assertThat(WindowSecrets.isUsable(Bytes32.ZERO)).isFalse();
        assertThat(WindowSecrets.isUsable(one)).isFalse();
        assertThat(WindowSecrets.isUsable(WindowSecrets.publicKey(KEY))).isTrue();
    }

    @Test
    void seal_otherLength_isRefused() {
        assertThatThrownBy(
                        () ->
                                WindowSecrets.seal(
                                        "node-one",
                                        WindowSecrets.publicKey(KEY),
                                        AAD,
                                        new byte[63]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
