package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealroom.schemas.hash.Bytes;
import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class DleqProofTest {

    private static final BigInteger LAST = P256.ORDER.subtract(BigInteger.ONE);

    @Test
    void decode_ownEncoding_isTheProof() {
        DleqProof proof = new DleqProof(BigInteger.ONE, LAST);

        assertThat(proof.encoded().length()).isEqualTo(64);
        assertThat(DleqProof.decode(proof.encoded())).isEqualTo(new Checked.Accepted<>(proof));
    }

    @Test
    void decode_otherLength_isRefused() {
        for (int length : new int[] {0, 32, 63, 65, 128}) {
            assertThat(DleqProof.decode(Bytes.of(new byte[length])))
                    .isEqualTo(new Checked.Refused<>(EncodingRefusal.WRONG_LENGTH));
        }
    }

    @Test
    void decode_scalarOutsideTheRange_isRefused() {
        assertRefused(BigInteger.ZERO, LAST, EncodingRefusal.SCALAR_ZERO);
        assertRefused(LAST, BigInteger.ZERO, EncodingRefusal.SCALAR_ZERO);
        assertRefused(P256.ORDER, LAST, EncodingRefusal.SCALAR_NOT_CANONICAL);
        assertRefused(LAST, P256.ORDER, EncodingRefusal.SCALAR_NOT_CANONICAL);
        assertRefused(LAST, P256.ORDER.add(BigInteger.ONE), EncodingRefusal.SCALAR_NOT_CANONICAL);
    }

    @Test
    void construct_scalarOutsideTheRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DleqProof(BigInteger.ZERO, BigInteger.ONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DleqProof(BigInteger.ONE, P256.ORDER));
    }

    private static void assertRefused(BigInteger c, BigInteger s, EncodingRefusal reason) {
        byte[] bytes = new byte[64];
        BigIntegers.asUnsignedByteArray(c, bytes, 0, 32);
        BigIntegers.asUnsignedByteArray(s, bytes, 32, 32);

        assertThat(DleqProof.decode(Bytes.of(bytes))).isEqualTo(new Checked.Refused<>(reason));
    }
}
