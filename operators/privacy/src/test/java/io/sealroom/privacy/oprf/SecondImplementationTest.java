package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Token;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The RFC's vectors have batches of one and two; these go to the end. */
class SecondImplementationTest {

    private static final SecondImplementation SECOND = new SecondImplementation();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void tokens_randomKeysInputsAndPartners_areThoseOfTheLongWay(int seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 8; round++) {
            int partners = 1 + random.nextInt(5);
            BigInteger key = new BigInteger(512, random).mod(P256.ORDER);
            List<KeyShare> shares = RfcVectorsTest.split(key, partners, random);
            List<byte[]> inputs = inputs(1 + random.nextInt(12), random);

            assertThat(tokens(shares, inputs))
                    .isEqualTo(
                            inputs.stream()
                                    .map(input -> Token.of(SECOND.token(input, key)))
                                    .toList());
        }
    }

    /** From place 256 on an index has two bytes; at 48 the sum of products changes its method. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 47, 48, 300, 1024})
    void evaluate_batchOfAnySize_isTheEvaluationAndProofOfTheLongWay(int size) {
        BigInteger key = new BigInteger(512, new Random(size)).mod(P256.ORDER);
        BigInteger nonce = new BigInteger(512, new Random(-size)).mod(P256.ORDER);
        BlindedElements blinded = blinded(size);

        Evaluation evaluation =
                new VoprfEvaluator(new KeyShare(SecretScalar.of(key)))
                        .evaluate(blinded, SecretScalar.of(nonce));

        List<byte[]> elements = arrays(blinded.encoded());
        List<byte[]> evaluated =
                elements.stream().map(element -> SECOND.evaluate(element, key)).toList();
        assertThat(evaluation.encodedElements())
                .isEqualTo(evaluated.stream().map(Bytes::of).toList());
        assertThat(evaluation.encodedProof())
                .isEqualTo(Bytes.of(SECOND.prove(key, elements, evaluated, nonce)));
    }

    @Test
    void derive_randomSeeds_areTheKeysOfTheLongWay() {
        Random random = new Random(9497);
        for (int i = 0; i < 50; i++) {
            byte[] seed = new byte[32];
            byte[] info = new byte[random.nextInt(100)];
            random.nextBytes(seed);
            random.nextBytes(info);

            KeyShare share = KeyShare.derive(OprfSuite.VOPRF, SecretBytes.copyOf(seed), info);

            assertThat(share.secret().openSecret()).isEqualTo(SECOND.deriveKey(seed, info));
        }
    }

    private static List<Token> tokens(List<KeyShare> shares, List<byte[]> inputs) {
        VoprfRequester requester = new VoprfRequester();
        PartnerKeys keys =
                PartnerKeys.of(shares.stream().map(KeyShare::publicKey).toList()).orElseThrow();
        BlindedBatch batch =
                requester.blind(inputs.stream().map(input -> OprfInput.ofBytes(input, 0)).toList());
        TokensOutcome outcome =
                requester.tokens(
                        batch,
                        keys,
                        shares.stream()
                                .map(share -> new VoprfEvaluator(share).evaluate(batch.elements()))
                                .toList());
        assertThat(outcome).isInstanceOf(TokensOutcome.Tokens.class);
        return ((TokensOutcome.Tokens) outcome).tokens();
    }

    private static List<byte[]> inputs(int count, Random random) {
        List<byte[]> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] input = new byte[1 + random.nextInt(300)];
            random.nextBytes(input);
            inputs.add(input);
        }
        return inputs;
    }

    /** Cheap ones: the points 2G, 3G and so on. */
    private static BlindedElements blinded(int size) {
        return new BlindedElements(
                IntStream.range(0, size)
                        .mapToObj(
                                i -> Element.of(P256.GENERATOR.multiply(BigInteger.valueOf(i + 2))))
                        .toList());
    }

    private static List<byte[]> arrays(List<Bytes> encoded) {
        return encoded.stream().map(Bytes::toBytes).toList();
    }
}
