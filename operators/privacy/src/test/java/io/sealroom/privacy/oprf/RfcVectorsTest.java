package io.sealroom.privacy.oprf;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9497 appendix A.3, with one key and with the key split among partners. */
class RfcVectorsTest {

    static List<RfcVectors.Vector> base() {
        return RfcVectors.ofMode(0);
    }

    static List<RfcVectors.Vector> verifiable() {
        return RfcVectors.ofMode(1);
    }

    static Stream<RfcVectors.Vector> both() {
        return Stream.concat(base().stream(), verifiable().stream());
    }

    @Test
    void vectors_all_areRead() {
        assertThat(base()).hasSize(2);
        assertThat(verifiable()).hasSize(3);
        assertThat(verifiable().get(2).inputs()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("base")
    void deriveKeyPair_mode0_givesTheKey(RfcVectors.Vector vector) {
        KeyShare share = KeyShare.derive(OprfSuite.OPRF, vector.seed(), vector.info().toBytes());

        assertThat(share.secret().openSecret()).isEqualTo(vector.secretKey());
    }

    @ParameterizedTest
    @MethodSource("verifiable")
    void deriveKeyPair_mode1_givesTheKeyPair(RfcVectors.Vector vector) {
        KeyShare share = KeyShare.derive(OprfSuite.VOPRF, vector.seed(), vector.info().toBytes());

        assertThat(share.secret().openSecret()).isEqualTo(vector.secretKey());
        assertThat(share.publicKey().encoded()).isEqualTo(vector.publicKey());
    }

    @ParameterizedTest
    @MethodSource("base")
    void blindEvaluateFinalize_mode0_giveTheOutput(RfcVectors.Vector vector) {
        OprfSuite suite = OprfSuite.OPRF;
        SecretScalar blind = vector.secretBlinds().get(0);
        SecretScalar key = SecretScalar.of(vector.secretKey());
        byte[] input = vector.inputs().get(0).toBytes();

        Element blinded = Element.of(P256.multiplySecret(suite.hashToGroup(input), blind));
        Element evaluated = Element.of(P256.multiplySecret(blinded.point(), key));
        Element unblinded = Element.of(P256.multiplySecret(evaluated.point(), blind.inverse()));

        assertThat(blinded.encoded()).isEqualTo(vector.blindedElements().get(0));
        assertThat(evaluated.encoded()).isEqualTo(vector.evaluationElements().get(0));
        assertThat(suite.finalizeHash(input, unblinded)).isEqualTo(vector.outputs().get(0));
    }

    @ParameterizedTest
    @MethodSource("verifiable")
    void blindEvaluateFinalize_mode1_giveElementsProofAndOutput(RfcVectors.Vector vector) {
        VoprfRequester requester = new VoprfRequester();
        KeyShare share = new KeyShare(SecretScalar.of(vector.secretKey()));
        PartnerKeys keys = PartnerKeys.of(List.of(share.publicKey())).orElseThrow();

        BlindedBatch batch = requester.blind(vector.oprfInputs(), vector.secretBlinds());
        Evaluation evaluation =
                new VoprfEvaluator(share)
                        .evaluate(
                                batch.elements(), SecretScalar.of(requireNonNull(vector.nonce())));
        TokensOutcome outcome = requester.tokens(batch, keys, List.of(evaluation));

        assertThat(batch.elements().encoded()).isEqualTo(vector.blindedElements());
        assertThat(evaluation.encodedElements()).isEqualTo(vector.evaluationElements());
        assertThat(evaluation.encodedProof()).isEqualTo(vector.proof());
        assertThat(outcome).isEqualTo(new TokensOutcome.Tokens(vector.outputs()));
    }

    @ParameterizedTest
    @MethodSource("verifiable")
    void verify_publishedEvaluation_holds(RfcVectors.Vector vector) {
        PublicKeyShare key =
                PublicKeyShare.decode(requireNonNull(vector.publicKey())).orElseThrow();
        BlindedElements blinded = BlindedElements.decode(vector.blindedElements()).orElseThrow();
        Evaluation evaluation =
                Evaluation.decode(vector.evaluationElements(), requireNonNull(vector.proof()))
                        .orElseThrow();

        assertThat(
                        new Dleq(OprfSuite.VOPRF)
                                .verify(
                                        key.element(),
                                        blinded.elements(),
                                        evaluation.elements(),
                                        evaluation.proof()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("verifiable")
    void tokens_keySplitAmongPartners_areTheOutputOfTheJointKey(RfcVectors.Vector vector) {
        for (int partners : new int[] {2, 3, 5}) {
            Random random = new Random(9497L * partners);
            List<KeyShare> shares = split(vector.secretKey(), partners, random);
            VoprfRequester requester = new VoprfRequester();
            BlindedBatch batch = requester.blind(vector.oprfInputs(), vector.secretBlinds());
            List<Evaluation> evaluations =
                    shares.stream()
                            .map(share -> new VoprfEvaluator(share).evaluate(batch.elements()))
                            .toList();
            PartnerKeys keys =
                    PartnerKeys.of(shares.stream().map(KeyShare::publicKey).toList()).orElseThrow();

            assertThat(sum(evaluations)).isEqualTo(vector.evaluationElements());
            assertThat(requester.tokens(batch, keys, evaluations))
                    .isEqualTo(new TokensOutcome.Tokens(vector.outputs()));
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void suites_ofTheTwoModes_areSeparated(RfcVectors.Vector vector) {
        byte[] input = vector.inputs().get(0).toBytes();

        assertThat(Element.of(OprfSuite.OPRF.hashToGroup(input)))
                .isNotEqualTo(Element.of(OprfSuite.VOPRF.hashToGroup(input)));
    }

    static List<KeyShare> split(BigInteger key, int partners, Random random) {
        List<KeyShare> shares = new ArrayList<>();
        BigInteger rest = key;
        for (int i = 1; i < partners; i++) {
            BigInteger part = new BigInteger(512, random).mod(P256.ORDER);
            shares.add(new KeyShare(SecretScalar.of(part)));
            rest = rest.subtract(part);
        }
        shares.add(new KeyShare(SecretScalar.of(rest.mod(P256.ORDER))));
        return shares;
    }

    private static List<Bytes> sum(List<Evaluation> evaluations) {
        ECPoint[] sums = new ECPoint[evaluations.get(0).size()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = P256.CURVE.getInfinity();
            for (Evaluation evaluation : evaluations) {
                sums[i] = sums[i].add(evaluation.elements().get(i).point());
            }
        }
        return Element.normaliseAll(sums).stream().map(Element::encoded).toList();
    }
}
