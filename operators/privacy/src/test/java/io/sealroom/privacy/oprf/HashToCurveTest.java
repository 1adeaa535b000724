package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealroom.schemas.hash.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashToCurveTest {

    /** RFC 9380 appendix J.1.1. */
    private static final String DOMAIN = "QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_";

    @ParameterizedTest
    @CsvSource({
        "'', 2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4, true",
        "abc, 0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f, false",
        "abcdef0123456789, 65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80, true"
    })
    void hash_rfc9380Vectors_givesThePoint(String message, String x, boolean odd) {
        ECPoint point = HashToCurve.hash(ascii(message), ascii(DOMAIN));

        assertThat(Element.of(point).encoded()).isEqualTo(Bytes.fromHex((odd ? "03" : "02") + x));
    }

    @Test
    void hash_randomMessages_isThatOfASecondImplementation() {
        HashToEllipticCurve second =
                HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, DOMAIN);
        Random random = new Random(9380);
        for (int i = 0; i < 300; i++) {
            byte[] message = new byte[random.nextInt(200)];
            random.nextBytes(message);

            assertThat(Element.of(HashToCurve.hash(message, ascii(DOMAIN))).encoded().toBytes())
                    .describedAs("trial %d", i)
                    .isEqualTo(second.hashToCurve(message).normalize().getEncoded(true));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100})
    void hashAll_anyNumber_areThePointsOneByOne(int size) {
        List<byte[]> messages =
                IntStream.range(0, size).mapToObj(i -> ascii("message " + i / 2)).toList();

        ECPoint[] points = HashToCurve.hashAll(messages, ascii(DOMAIN));

        assertThat(points)
                .containsExactly(
                        messages.stream()
                                .map(message -> HashToCurve.hash(message, ascii(DOMAIN)))
                                .toArray(ECPoint[]::new))
                .allMatch(ECPoint::isNormalized);
    }

    @Test
    void map_zero_takesTheExceptionalBranch() {
        // Z^2 u^4 + Z u^2 = 0, where RFC 9380 section 6.6.2 puts x = B / (Z A).
        HashToCurve.Candidate candidate =
                HashToCurve.map(P256.CURVE.fromBigInteger(BigInteger.ZERO));
        ECPoint point = candidate.point(candidate.xDenominator().invert());

        assertThat(point.isValid()).isTrue();
        assertThat(point.getAffineXCoord())
                .isEqualTo(
                        P256.CURVE
                                .getB()
                                .divide(
                                        P256.CURVE
                                                .fromBigInteger(BigInteger.TEN)
                                                .multiply(P256.CURVE.getA())
                                                .negate()));
        assertThat(point.getAffineYCoord().testBitZero()).isFalse();
    }

    @Test
    void expand_lengthOrDomainTooLong_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpandMessageXmd.expand(new byte[1], new byte[256], 32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpandMessageXmd.expand(new byte[1], new byte[1], 255 * 32 + 1));
    }

    /** RFC 9380 appendix K.1. */
    @ParameterizedTest
    @CsvSource({
        "'', 32, 68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235",
        "abc, 32, d8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615"
    })
    void expand_rfc9380Vectors_givesTheBytes(String message, int length, String uniform) {
        byte[] domain = ascii("QUUX-V01-CS02-with-expander-SHA256-128");

        assertThat(Bytes.of(ExpandMessageXmd.expand(ascii(message), domain, length)))
                .isEqualTo(Bytes.fromHex(uniform));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
