package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class ElementTest {

    private static final Element GENERATOR = Element.of(P256.GENERATOR);

    @Test
    void decode_ownEncoding_isTheElement() {
        Element element = Element.of(P256.GENERATOR.multiply(BigInteger.valueOf(9497)));

        assertThat(Element.decode(element.encoded()).orElseThrow())
                .isEqualTo(element)
                .hasSameHashCodeAs(element)
                .isNotEqualTo(GENERATOR);
        assertThat(Element.decode(element.encoded()).orElseThrow().point())
                .isEqualTo(element.point());
    }

    @Test
    void ofWords_ownCoordinates_isTheElement() {
        for (KeyProofVectors.Proved vector : KeyProofVectors.all()) {
            Element element = Element.decode(vector.bytes("compressed")).orElseThrow();

            assertThat(element.x()).isEqualTo(vector.word("x"));
            assertThat(element.y()).isEqualTo(vector.word("y"));
            assertThat(Element.ofWords(element.x(), element.y()).orElseThrow()).isEqualTo(element);
        }
    }

    @Test
    void ofWords_identity_isRefused() {
        assertThat(Element.ofWords(Bytes32.ZERO, Bytes32.ZERO))
                .isEqualTo(new Checked.Refused<>(EncodingRefusal.IDENTITY));
    }

    @Test
    void ofWords_yOfAnotherPoint_isRefused() {
        BigInteger y = new BigInteger(1, GENERATOR.y().toBytes());
        for (BigInteger other :
                new BigInteger[] {
                    y.add(BigInteger.ONE), y.add(BigInteger.TWO), BigInteger.ONE, P256.FIELD
                }) {
            assertThat(Element.ofWords(GENERATOR.x(), word(other)))
                    .isEqualTo(new Checked.Refused<>(EncodingRefusal.OFF_CURVE));
        }
        assertThat(Element.ofWords(GENERATOR.x(), word(P256.FIELD.subtract(y))).orElseThrow())
                .isEqualTo(Element.of(P256.GENERATOR.negate()));
    }

    @Test
    void ofWords_xOfNoPointOrNotBelowTheFieldPrime_isRefused() {
        BigInteger five = BigInteger.valueOf(5);
        Bytes32 y = Element.decode(compressed(five)).orElseThrow().y();

        assertThat(Element.ofWords(word(BigInteger.ONE), y))
                .isEqualTo(new Checked.Refused<>(EncodingRefusal.OFF_CURVE));
        assertThat(Element.ofWords(word(five.add(P256.FIELD)), y))
                .isEqualTo(new Checked.Refused<>(EncodingRefusal.X_NOT_CANONICAL));
    }

    private static Bytes32 word(BigInteger value) {
        return Bytes32.of(BigIntegers.asUnsignedByteArray(32, value));
    }

    @Test
    void decode_identity_isRefused() {
        assertRefused(new byte[1], EncodingRefusal.IDENTITY);
        assertRefused(new byte[33], EncodingRefusal.IDENTITY);
    }

    @Test
    void decode_otherLength_isRefused() {
        byte[] encoded = GENERATOR.encoded().toBytes();

        assertRefused(new byte[0], EncodingRefusal.WRONG_LENGTH);
        assertRefused(new byte[] {2}, EncodingRefusal.WRONG_LENGTH);
        assertRefused(Arrays.copyOf(encoded, 32), EncodingRefusal.WRONG_LENGTH);
        assertRefused(Arrays.copyOf(encoded, 34), EncodingRefusal.WRONG_LENGTH);
        assertRefused(P256.GENERATOR.getEncoded(false), EncodingRefusal.WRONG_LENGTH);
    }

    @Test
    void decode_otherPrefix_isRefused() {
        byte[] encoded = GENERATOR.encoded().toBytes();
        for (int prefix : new int[] {0, 1, 4, 5, 6, 7, 0x82, 0xff}) {
            encoded[0] = (byte) prefix;
            assertRefused(encoded, EncodingRefusal.BAD_PREFIX);
        }
    }

    @Test
    void decode_xNotBelowTheFieldPrime_isRefused() {
        // x = 5 is on the curve, so without the rule 5 + p would be its second encoding.
        assertThat(Element.decode(compressed(BigInteger.valueOf(5))).accepted()).isPresent();
        assertRefused(
                compressed(BigInteger.valueOf(5).add(P256.FIELD)).toBytes(),
                EncodingRefusal.X_NOT_CANONICAL);
        assertRefused(compressed(P256.FIELD).toBytes(), EncodingRefusal.X_NOT_CANONICAL);
        assertRefused(
                compressed(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)).toBytes(),
                EncodingRefusal.X_NOT_CANONICAL);
    }

    @Test
    void decode_xOfNoPoint_isRefused() {
        assertRefused(compressed(BigInteger.ONE).toBytes(), EncodingRefusal.OFF_CURVE);
    }

    @Test
    void of_identity_isAFault() {
        assertThatIllegalStateException().isThrownBy(() -> Element.of(P256.CURVE.getInfinity()));
    }

    @Test
    void normaliseAll_projectivePoints_areAffineAndEncoded() {
        ECPoint[] points = {
            P256.GENERATOR.twice().add(P256.GENERATOR), P256.GENERATOR, P256.GENERATOR.twice()
        };

        assertThat(Element.normaliseAll(points))
                .extracting(Element::encoded)
                .containsExactly(
                        Element.of(P256.GENERATOR.multiply(BigInteger.valueOf(3))).encoded(),
                        GENERATOR.encoded(),
                        Element.of(P256.GENERATOR.multiply(BigInteger.TWO)).encoded());
        assertThat(Element.normaliseAll(new ECPoint[0])).isEmpty();
    }

    private static Bytes compressed(BigInteger x) {
        byte[] bytes = new byte[33];
        bytes[0] = 2;
        BigIntegers.asUnsignedByteArray(x, bytes, 1, 32);
        return Bytes.of(bytes);
    }

    private static void assertRefused(byte[] bytes, EncodingRefusal reason) {
        assertThat(Element.decode(Bytes.of(bytes))).isEqualTo(new Checked.Refused<>(reason));
        assertThat(PublicKeyShare.decode(Bytes.of(bytes))).isEqualTo(new Checked.Refused<>(reason));
    }
}
