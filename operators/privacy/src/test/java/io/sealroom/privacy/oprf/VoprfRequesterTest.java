package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealroom.schemas.record.Token;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoprfRequesterTest {

    private static final VoprfFixture THREE = new VoprfFixture(3, 3);
    private static final VoprfRequester REQUESTER = new VoprfRequester();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 1024})
    void tokens_batchOfAnySize_areThoseOfTheJointKeyOneByOne(int size) {
        VoprfFixture two = new VoprfFixture(2, size);
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(size));

        List<Token> tokens = tokens(REQUESTER.tokens(batch, two.keys(), two.evaluate(batch)));

        assertThat(tokens).hasSize(size).doesNotHaveDuplicates();
        PartnerKeys joint = PartnerKeys.of(List.of(two.jointShare().publicKey())).orElseThrow();
        for (int i : new int[] {0, size / 2, size - 1}) {
            BlindedBatch single = REQUESTER.blind(VoprfFixture.inputs(size).subList(i, i + 1));
            Evaluation evaluation =
                    new VoprfEvaluator(two.jointShare()).evaluate(single.elements());
            assertThat(tokens(REQUESTER.tokens(single, joint, List.of(evaluation))))
                    .containsExactly(tokens.get(i));
        }
    }

    @Test
    void blind_sameInputTwice_givesOtherElementsAndTheSameTokens() {
        BlindedBatch first = REQUESTER.blind(VoprfFixture.inputs(2));
        BlindedBatch second = REQUESTER.blind(VoprfFixture.inputs(2));

        assertThat(first.elements().encoded())
                .doesNotContainAnyElementsOf(second.elements().encoded());
        assertThat(REQUESTER.tokens(first, THREE.keys(), THREE.evaluate(first)))
                .isEqualTo(REQUESTER.tokens(second, THREE.keys(), THREE.evaluate(second)));
    }

    @Test
    void blind_withPadding_fillsTheBatchAndGivesTokensForTheInputsOnly() {
        BlindedBatch plain = REQUESTER.blind(VoprfFixture.inputs(3));
        BlindedBatch padded = REQUESTER.blind(VoprfFixture.inputs(3), 16);

        assertThat(padded.elements().size()).isEqualTo(16);
        assertThat(padded.inputCount()).isEqualTo(3);
        assertThat(padded.elements().encoded()).doesNotHaveDuplicates();
        assertThat(REQUESTER.tokens(padded, THREE.keys(), THREE.evaluate(padded)))
                .isEqualTo(REQUESTER.tokens(plain, THREE.keys(), THREE.evaluate(plain)));
    }

    /**
     * The time between an answer and the next batch must not tell how many inputs a batch had.
     * Every element of padding that is finalized draws an input.
     */
    @Test
    void combine_withPadding_finalizesThePaddingToo() {
        AtomicInteger draws = new AtomicInteger();
        SecureRandom counting =
                new SecureRandom() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void nextBytes(byte[] bytes) {
                        draws.incrementAndGet();
                        super.nextBytes(bytes);
                    }
                };
        VoprfRequester requester = new VoprfRequester(counting);
        for (int inputs : new int[] {0, 3, 16}) {
            BlindedBatch batch = requester.blind(VoprfFixture.inputs(inputs), 16);
            List<Evaluation> evaluations = THREE.evaluate(batch);
            draws.set(0);

            assertThat(tokens(requester.tokens(batch, THREE.keys(), evaluations))).hasSize(inputs);
            assertThat(draws).hasValueGreaterThanOrEqualTo(16 - inputs);
        }
    }

    @Test
    void blind_nothingButPadding_givesNoTokens() {
        BlindedBatch batch = REQUESTER.blind(List.of(), 4);

        assertThat(tokens(REQUESTER.tokens(batch, THREE.keys(), THREE.evaluate(batch)))).isEmpty();
    }

    /** When the next batch comes must not tell how much of this one was padding. */
    @Test
    void combine_padding_isUnblindedToo() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(3), 16);
        List<Evaluation> evaluations = THREE.evaluate(batch);
        batch.blinds().subList(3, 16).forEach(SecretScalar::erase);

        assertThatIllegalStateException()
                .isThrownBy(() -> REQUESTER.tokens(batch, THREE.keys(), evaluations));
    }

    @Test
    void blind_sizeOutsideTheLimits_isRefused() {
        List<OprfInput> inputs = VoprfFixture.inputs(1);

        assertThatIllegalArgumentException().isThrownBy(() -> REQUESTER.blind(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> REQUESTER.blind(inputs, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REQUESTER.blind(inputs, 1025))
                .withMessage("size must be in [1, 1024] and at least the 1 inputs, got 1025");
        for (int count : new int[] {1025, 65_535}) {
            List<OprfInput> many = Collections.nCopies(count, inputs.get(0));
            assertThatIllegalArgumentException().isThrownBy(() -> REQUESTER.blind(many));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REQUESTER.blind(VoprfFixture.inputs(2), 1));
    }

    @Test
    void blind_twoEpochsInABatch_isRefused() {
        List<OprfInput> mixed =
                List.of(OprfInput.ofBytes(new byte[1], 7), OprfInput.ofBytes(new byte[1], 8));

        assertThatIllegalArgumentException().isThrownBy(() -> REQUESTER.blind(mixed));
    }

    @Test
    void verify_elementsSwappedRepeatedNegatedOrReplaced_isRefused() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(3));
        Evaluation honest = THREE.evaluate(batch).get(1);
        List<Element> elements = honest.elements();
        Element foreign = Element.of(P256.GENERATOR);
        Element negated = Element.of(elements.get(0).point().negate());

        for (List<Element> forged :
                List.of(
                        List.of(elements.get(1), elements.get(0), elements.get(2)),
                        List.of(elements.get(0), elements.get(0), elements.get(2)),
                        List.of(elements.get(0), elements.get(1), foreign),
                        List.of(negated, elements.get(1), elements.get(2)),
                        batch.elements().elements())) {
            assertRefused(batch, 1, new Evaluation(forged, honest.proof()));
        }
    }

    @Test
    void verify_twoErrorsThatCancelInThePlainSum_isRefused() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(2));
        Evaluation honest = THREE.evaluate(batch).get(0);
        Element first = Element.of(honest.elements().get(0).point().add(P256.GENERATOR));
        Element second = Element.of(honest.elements().get(1).point().subtract(P256.GENERATOR));

        assertRefused(batch, 0, new Evaluation(List.of(first, second), honest.proof()));
    }

    @Test
    void verify_answerOfAnotherKey_isRefused() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(2));
        List<Evaluation> honest = THREE.evaluate(batch);

        assertRefused(batch, 0, honest.get(1));
        assertRefused(batch, 2, honest.get(0));
    }

    @Test
    void verify_answerToAnotherBatch_isRefused() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(2));
        BlindedBatch other = REQUESTER.blind(VoprfFixture.inputs(2));

        assertRefused(batch, 0, THREE.evaluate(other).get(0));
    }

    @Test
    void verify_oneElementUnderAnotherKey_isRefused() {
        // An evaluator that tags one person: a key of its own for one place of the batch.
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(100));
        Evaluation honest = THREE.evaluate(batch).get(0);
        List<Element> elements = new ArrayList<>(honest.elements());
        elements.set(57, Element.of(elements.get(57).point().twice()));

        assertRefused(batch, 0, new Evaluation(elements, honest.proof()));
    }

    @Test
    void verify_otherNumberOfElements_isRefused() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(3));
        Evaluation honest = THREE.evaluate(batch).get(2);
        List<Element> more = new ArrayList<>(honest.elements());
        more.add(more.get(0));

        for (List<Element> elements : List.of(honest.elements().subList(0, 2), more)) {
            assertThat(
                            REQUESTER.verify(
                                    batch,
                                    THREE.keys(),
                                    2,
                                    new Evaluation(elements, honest.proof())))
                    .isEqualTo(new EvaluationOutcome.Refused(2, EvaluationRefusal.WRONG_SIZE));
        }
    }

    @Test
    void tokens_oneOfManyAnswersForged_namesThePartner() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(2));
        List<Evaluation> evaluations = new ArrayList<>(THREE.evaluate(batch));
        Collections.swap(evaluations, 1, 2);

        assertThat(REQUESTER.tokens(batch, THREE.keys(), evaluations))
                .isEqualTo(new TokensOutcome.Refused(1, EvaluationRefusal.PROOF_INVALID));
    }

    @Test
    void tokens_answerMissing_isAFault() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(1));
        List<Evaluation> two = THREE.evaluate(batch).subList(0, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> REQUESTER.tokens(batch, THREE.keys(), two))
                .withMessage("evaluations must be one of each of the 3 partners, got 2");
    }

    @Test
    void combine_answersVerifiedAsTheyArrive_givesTheTokens() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(5));
        List<Evaluation> evaluations = THREE.evaluate(batch);

        assertThat(REQUESTER.combine(batch, THREE.keys(), verified(batch, evaluations)))
                .isEqualTo(tokens(REQUESTER.tokens(batch, THREE.keys(), evaluations)));
    }

    @Test
    void combine_answersMissingMisplacedOrOfAnotherBatch_isAFault() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(1));
        BlindedBatch other = REQUESTER.blind(VoprfFixture.inputs(1));
        List<VerifiedEvaluation> own = verified(batch, THREE.evaluate(batch));
        List<VerifiedEvaluation> foreign = verified(other, THREE.evaluate(other));

        for (List<VerifiedEvaluation> wrong :
                List.of(
                        own.subList(0, 2),
                        List.of(own.get(0), own.get(2), own.get(1)),
                        List.of(own.get(0), own.get(0), own.get(2)),
                        List.of(own.get(0), own.get(1), foreign.get(2)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> REQUESTER.combine(batch, THREE.keys(), wrong));
        }
    }

    @Test
    void combine_erasedBatch_isAFault() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(1));
        List<VerifiedEvaluation> verified = verified(batch, THREE.evaluate(batch));
        batch.erase();

        assertThatIllegalStateException()
                .isThrownBy(() -> REQUESTER.combine(batch, THREE.keys(), verified));
    }

    @Test
    void tokens_fromEncodedMessages_areTheSame() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(4));
        BlindedElements received = BlindedElements.decode(batch.elements().encoded()).orElseThrow();
        List<Evaluation> replies = new ArrayList<>();
        for (int partner = 0; partner < 3; partner++) {
            Evaluation sent = new VoprfEvaluator(THREE.share(partner)).evaluate(received);
            replies.add(
                    Evaluation.decode(sent.encodedElements(), sent.encodedProof()).orElseThrow());
        }

        assertThat(REQUESTER.tokens(batch, THREE.keys(), replies))
                .isEqualTo(REQUESTER.tokens(batch, THREE.keys(), THREE.evaluate(batch)));
    }

    @Test
    void tokens_fromSeveralThreads_areTheSame() throws Exception {
        BlindedBatch first = REQUESTER.blind(VoprfFixture.inputs(8));
        TokensOutcome expected = REQUESTER.tokens(first, THREE.keys(), THREE.evaluate(first));
        VoprfEvaluator[] evaluators = {
            new VoprfEvaluator(THREE.share(0)),
            new VoprfEvaluator(THREE.share(1)),
            new VoprfEvaluator(THREE.share(2))
        };
        Callable<TokensOutcome> round =
                () -> {
                    BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(8));
                    List<Evaluation> evaluations = new ArrayList<>();
                    for (VoprfEvaluator evaluator : evaluators) {
                        evaluations.add(evaluator.evaluate(batch.elements()));
                    }
                    return REQUESTER.tokens(batch, THREE.keys(), evaluations);
                };
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (Future<TokensOutcome> outcome : pool.invokeAll(Collections.nCopies(32, round))) {
                assertThat(outcome.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void texts_ofEverythingSecret_areRedacted() {
        BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(2), 5);
        TokensOutcome outcome = REQUESTER.tokens(batch, THREE.keys(), THREE.evaluate(batch));

        assertThat(batch).hasToString("BlindedBatch[2 of 5, redacted]");
        assertThat(outcome).hasToString("Tokens[2, redacted]");
        assertThat(new KeyShare(SecretScalar.of(BigInteger.ONE)).toString())
                .startsWith("KeyShare[redacted, PublicKeyShare[0x036b17d1f2");
        assertThat(VoprfFixture.inputs(1).get(0)).hasToString("OprfInput[epoch 0, redacted]");
    }

    private static List<VerifiedEvaluation> verified(
            BlindedBatch batch, List<Evaluation> evaluations) {
        List<VerifiedEvaluation> verified = new ArrayList<>();
        for (int i = 0; i < evaluations.size(); i++) {
            EvaluationOutcome outcome =
                    REQUESTER.verify(batch, THREE.keys(), i, evaluations.get(i));
            assertThat(outcome).isInstanceOf(EvaluationOutcome.Verified.class);
            verified.add(((EvaluationOutcome.Verified) outcome).evaluation());
        }
        return verified;
    }

    private static List<Token> tokens(TokensOutcome outcome) {
        assertThat(outcome).isInstanceOf(TokensOutcome.Tokens.class);
        return ((TokensOutcome.Tokens) outcome).tokens();
    }

    private static void assertRefused(BlindedBatch batch, int partner, Evaluation forged) {
        assertThat(REQUESTER.verify(batch, THREE.keys(), partner, forged))
                .isEqualTo(new EvaluationOutcome.Refused(partner, EvaluationRefusal.PROOF_INVALID));
    }
}
