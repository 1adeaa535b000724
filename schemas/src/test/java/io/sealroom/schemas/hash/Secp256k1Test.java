package io.sealroom.schemas.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class Secp256k1Test {

    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    private static final byte[] KEY = filled(7);
    private static final Bytes32 DIGEST = Digests.id("digest");

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void recover_ownSignature_findsSigner() {
        assertThat(Secp256k1.recover(DIGEST, Secp256k1.sign(DIGEST, KEY)))
                .contains(Secp256k1.address(KEY));
    }

    @Test
    void recover_otherDigest_findsSomebodyElse() {
        assertThat(Secp256k1.recover(Digests.id("other"), Secp256k1.sign(DIGEST, KEY)))
                .isNotEqualTo(java.util.Optional.of(Secp256k1.address(KEY)));
    }

    @Test
    void recover_highSTwinOfValidSignature_isRefused() {
        byte[] signature = Secp256k1.sign(DIGEST, KEY);
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        BigIntegers.asUnsignedByteArray(ORDER.subtract(s), signature, 32, 32);
        signature[64] = (byte) (signature[64] == 27 ? 28 : 27);
        assertThat(Secp256k1.recover(DIGEST, signature)).isEmpty();
    }

    @Test
    void recover_illFormed_isRefused() {
        byte[] valid = Secp256k1.sign(DIGEST, KEY);
        assertThat(Secp256k1.recover(DIGEST, new byte[65])).isEmpty();
        assertThat(Secp256k1.recover(DIGEST, Arrays.copyOf(valid, 64))).isEmpty();
        assertThat(Secp256k1.recover(DIGEST, Arrays.copyOf(valid, 66))).isEmpty();
        byte[] wrongV = valid.clone();
        wrongV[64] = 1;
        assertThat(Secp256k1.recover(DIGEST, wrongV)).isEmpty();
        byte[] rTooLarge = valid.clone();
        BigIntegers.asUnsignedByteArray(ORDER, rTooLarge, 0, 32);
        assertThat(Secp256k1.recover(DIGEST, rTooLarge)).isEmpty();
        byte[] rZero = valid.clone();
        Arrays.fill(rZero, 0, 32, (byte) 0);
        assertThat(Secp256k1.recover(DIGEST, rZero)).isEmpty();
        // Recovers to a key that everybody can compute, with any r.
        byte[] sZero = valid.clone();
        Arrays.fill(sZero, 32, 64, (byte) 0);
        assertThat(Secp256k1.recover(DIGEST, sZero)).isEmpty();
        byte[] rOffCurve = valid.clone();
        System.arraycopy(HexFormat.of().parseHex("00".repeat(31) + "05"), 0, rOffCurve, 0, 32);
        assertThat(Secp256k1.recover(DIGEST, rOffCurve)).isEmpty();
    }

    @Test
    void address_keyOutOfRange_isRefusedWithoutSayingIt() {
        assertThatThrownBy(() -> Secp256k1.address(new byte[32]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("privateKey must be 32 bytes in [1, n)");
        assertThatThrownBy(() -> Secp256k1.address(BigIntegers.asUnsignedByteArray(32, ORDER)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Secp256k1.address(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
