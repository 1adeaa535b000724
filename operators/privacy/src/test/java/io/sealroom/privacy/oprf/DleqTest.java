package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DleqTest {

    private static final Dleq DLEQ = new Dleq(OprfSuite.VOPRF);
    private static final KeyShare SHARE = new KeyShare(SecretScalar.of(BigInteger.valueOf(77)));
    private static final SecretScalar NONCE = SecretScalar.of(BigInteger.valueOf(99));
    private static final Element KEY = SHARE.publicKey().element();
    private static final List<Element> BLINDED = List.of(element(5), element(6), element(7));
    private static final List<Element> EVALUATED =
            List.of(element(5 * 77), element(6 * 77), element(7 * 77));

    @Test
    void verify_honestProof_holds() {
        DleqProof proof = DLEQ.prove(SHARE.secret(), KEY, BLINDED, EVALUATED, NONCE);

        assertThat(DLEQ.verify(KEY, BLINDED, EVALUATED, proof)).isTrue();
    }

    @Test
    void verify_nothingOrUnequalNumbers_fails() {
        DleqProof proof = DLEQ.prove(SHARE.secret(), KEY, BLINDED, EVALUATED, NONCE);

        assertThat(DLEQ.verify(KEY, List.of(), List.of(), proof)).isFalse();
        assertThat(DLEQ.verify(KEY, BLINDED, EVALUATED.subList(0, 2), proof)).isFalse();
    }

    /** True of every pair, but the proof was for another order: the places are part of it. */
    @Test
    void verify_bothListsInAnotherOrderOrRepeated_fails() {
        DleqProof proof = DLEQ.prove(SHARE.secret(), KEY, BLINDED, EVALUATED, NONCE);

        for (int[] order : new int[][] {{1, 0, 2}, {0, 2, 1}, {0, 0, 2}, {0, 1}, {0, 1, 2, 2}}) {
            assertThat(DLEQ.verify(KEY, pick(BLINDED, order), pick(EVALUATED, order), proof))
                    .isFalse();
        }
    }

    @Test
    void verify_otherKey_fails() {
        DleqProof proof = DLEQ.prove(SHARE.secret(), KEY, BLINDED, EVALUATED, NONCE);

        assertThat(DLEQ.verify(element(78), BLINDED, EVALUATED, proof)).isFalse();
        assertThat(DLEQ.verify(Element.of(KEY.point().negate()), BLINDED, EVALUATED, proof))
                .isFalse();
    }

    @Test
    void verify_proofOfTheOtherMode_fails() {
        DleqProof proof =
                new Dleq(OprfSuite.OPRF).prove(SHARE.secret(), KEY, BLINDED, EVALUATED, NONCE);

        assertThat(DLEQ.verify(KEY, BLINDED, EVALUATED, proof)).isFalse();
    }

    @Test
    void verify_proofOfAFalseStatement_fails() {
        List<Element> wrong = List.of(element(5 * 77), element(6 * 77), element(7 * 78));

        assertThat(
                        DLEQ.verify(
                                KEY,
                                BLINDED,
                                wrong,
                                DLEQ.prove(SHARE.secret(), KEY, BLINDED, wrong, NONCE)))
                .isFalse();
    }

    @Test
    void verify_commitmentAtTheIdentity_fails() {
        // s + c * 77 = 0 makes the first commitment the identity, which has no encoding.
        BigInteger c = BigInteger.TEN;
        BigInteger s = c.multiply(BigInteger.valueOf(-77)).mod(P256.ORDER);

        assertThat(DLEQ.verify(KEY, BLINDED, EVALUATED, new DleqProof(c, s))).isFalse();
    }

    private static List<Element> pick(List<Element> elements, int[] order) {
        return IntStream.of(order).mapToObj(elements::get).toList();
    }

    private static Element element(long logarithm) {
        return Element.of(P256.GENERATOR.multiply(BigInteger.valueOf(logarithm)));
    }
}
