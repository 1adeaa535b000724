package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Bytes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of two: every change of an honest answer is refused, at decoding or by its proof. */
class ForgedEvaluationTest {

    private static final VoprfRequester REQUESTER = new VoprfRequester();
    private static final VoprfFixture TWO = new VoprfFixture(2, 4);

    private final BlindedBatch batch = REQUESTER.blind(VoprfFixture.inputs(2));
    private final Evaluation honest = TWO.evaluate(batch).get(1);
    private final List<Bytes> elements = honest.encodedElements();
    private final Bytes proof = honest.encodedProof();

    @Test
    void verify_honestAnswer_holds() {
        assertThat(verifies(elements, proof)).isTrue();
    }

    @Test
    void verify_anyBitOfTheProofFlipped_isRefused() {
        int undecodable = 0;
        for (int bit = 0; bit < 512; bit++) {
            Bytes forged = EncodingMutator.flip(proof, bit);
            assertThat(verifies(elements, forged)).describedAs("bit %d", bit).isFalse();
            undecodable += Evaluation.decode(elements, forged).accepted().isEmpty() ? 1 : 0;
        }
        // n begins with 32 ones and 32 zeros, so hardly a flip leads beyond it: the proof refuses.
        assertThat(undecodable).isLessThan(64);
    }

    @Test
    void verify_anyBitOfAnElementFlipped_isRefused() {
        Set<EncodingRefusal> reasons = EnumSet.noneOf(EncodingRefusal.class);
        int undecodable = 0;
        for (int bit = 0; bit < 264; bit++) {
            List<Bytes> forged =
                    List.of(elements.get(0), EncodingMutator.flip(elements.get(1), bit));
            assertThat(verifies(forged, proof)).describedAs("bit %d", bit).isFalse();
            Optional<EncodingRefusal> refusal = refusal(forged);
            undecodable += refusal.isPresent() ? 1 : 0;
            refusal.ifPresent(reasons::add);
        }
        // Half of all x are on the curve: there only the proof can tell.
        assertThat(undecodable).isBetween(80, 190);
        assertThat(reasons).contains(EncodingRefusal.BAD_PREFIX, EncodingRefusal.OFF_CURVE);
    }

    /** Damaged on its way to the evaluator, who answers honestly what it was not asked. */
    @Test
    void verify_anyBitOfARequestedElementFlipped_isRefused() {
        VoprfEvaluator evaluator = new VoprfEvaluator(TWO.share(1));
        List<Bytes> asked = batch.elements().encoded();
        int answered = 0;
        for (int bit = 0; bit < 264; bit++) {
            Optional<BlindedElements> received =
                    BlindedElements.decode(
                                    List.of(EncodingMutator.flip(asked.get(0), bit), asked.get(1)))
                            .accepted();
            if (received.isPresent()) {
                answered++;
                Evaluation answer = evaluator.evaluate(received.get());
                assertThat(verifies(answer.encodedElements(), answer.encodedProof()))
                        .describedAs("bit %d", bit)
                        .isFalse();
            }
        }
        assertThat(answered).isBetween(80, 190);
    }

    @Test
    void verify_elementsSwappedRepeatedDroppedOrAdded_isRefused() {
        Bytes first = elements.get(0);
        Bytes second = elements.get(1);
        for (List<Bytes> forged :
                List.of(
                        List.of(second, first),
                        List.of(first, first),
                        List.of(second, second),
                        List.of(first),
                        List.of(first, second, second),
                        batch.elements().encoded())) {
            assertThat(verifies(forged, proof)).isFalse();
        }
    }

    /** Of 2,000 changed answers those hold that are, after all, the honest one. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void verify_mutatedAnswers_holdOnlyIfUnchanged(long seed) {
        EncodingMutator mutator = new EncodingMutator(seed);
        int unchanged = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Bytes> mutatedElements = new ArrayList<>(mutator.elements(elements));
            Bytes mutatedProof = mutator.proof(proof);
            boolean same = mutatedElements.equals(elements) && mutatedProof.equals(proof);
            unchanged += same ? 1 : 0;
            assertThat(verifies(mutatedElements, mutatedProof))
                    .describedAs("seed %d, answer %d", seed, i)
                    .isEqualTo(same);
        }
        assertThat(unchanged).isBetween(10, 500);
    }

    private boolean verifies(List<Bytes> forgedElements, Bytes forgedProof) {
        return Evaluation.decode(forgedElements, forgedProof)
                .accepted()
                .map(evaluation -> REQUESTER.verify(batch, TWO.keys(), 1, evaluation))
                .filter(EvaluationOutcome.Verified.class::isInstance)
                .isPresent();
    }

    private Optional<EncodingRefusal> refusal(List<Bytes> forgedElements) {
        return Evaluation.decode(forgedElements, proof)
                        instanceof Checked.Refused<Evaluation> refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }
}
