package io.sealroom.benchmarks;

import io.sealroom.privacy.oprf.BlindedBatch;
import io.sealroom.privacy.oprf.BlindedElements;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.EvaluationOutcome;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.privacy.oprf.OprfParts;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.VerifiedEvaluation;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.hash.Bytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes a batch through the protocol with three evaluators, each message in its encoded form, and
 * measures every step.
 */
final class OprfRound {

    private static final int PARTNERS_MAX = 3;

    private final SecureRandom random = new SecureRandom();
    private final List<byte[]> messages;
    private final VoprfRequester requester = new VoprfRequester();
    private final List<VoprfEvaluator> evaluators = new ArrayList<>();

    /**
     * @param batch elements of every batch
     */
    OprfRound(int batch) {
        messages = OprfParts.messages(batch, random);
        for (int i = 0; i < PARTNERS_MAX; i++) {
            evaluators.add(new VoprfEvaluator(OprfParts.randomShare(random)));
        }
    }

    /**
     * Microseconds of CPU time per element of every step, from so many batches. What the process
     * spends beyond this thread (collector, compiler) is laid on all steps in proportion.
     */
    Map<OprfStep, Double> measure(int batches) {
        Map<OprfStep, Double> micros = new EnumMap<>(OprfStep.class);
        double threadBefore = CpuClock.threadMicros();
        double processBefore = CpuClock.processMicros();
        for (int i = 0; i < batches; i++) {
            batch(micros);
        }
        double process = CpuClock.processMicros() - processBefore;
        double share = Math.max(1, process / (CpuClock.threadMicros() - threadBefore));
        micros.replaceAll(
                (step, sum) -> share * sum / (step.runs() * (double) batches * messages.size()));
        return micros;
    }

    private void batch(Map<OprfStep, Double> micros) {
        List<OprfInput> inputs = messages.stream().map(OprfParts::input).toList();
        Steps steps = new Steps(micros);
        steps.run(OprfStep.HASH_TO_CURVE, () -> OprfParts.hashToCurve(messages));
        BlindedBatch batch = steps.run(OprfStep.BLIND, () -> requester.blind(inputs));
        List<Bytes> request = batch.elements().encoded();
        List<VerifiedEvaluation> verified = new ArrayList<>();
        PartnerKeys keys = keys(PARTNERS_MAX);
        for (int partner = 0; partner < PARTNERS_MAX; partner++) {
            VoprfEvaluator evaluator = evaluators.get(partner);
            BlindedElements received =
                    steps.run(
                            OprfStep.DECODE_REQUEST,
                            () -> BlindedElements.decode(request).orElseThrow());
            Evaluation made = steps.run(OprfStep.EVALUATE, () -> evaluator.evaluate(received));
            List<Bytes> answer = made.encodedElements();
            Bytes proof = made.encodedProof();
            Evaluation evaluation =
                    steps.run(
                            OprfStep.DECODE_ANSWER,
                            () -> Evaluation.decode(answer, proof).orElseThrow());
            int index = partner;
            EvaluationOutcome outcome =
                    steps.run(
                            OprfStep.VERIFY,
                            () -> requester.verify(batch, keys, index, evaluation));
            verified.add(((EvaluationOutcome.Verified) outcome).evaluation());
        }
        for (int partners = 1; partners <= PARTNERS_MAX; partners++) {
            PartnerKeys some = keys(partners);
            List<VerifiedEvaluation> theirs = verified.subList(0, partners);
            steps.run(OprfStep.combine(partners), () -> requester.combine(batch, some, theirs));
        }
    }

    private PartnerKeys keys(int partners) {
        return PartnerKeys.of(
                        evaluators.subList(0, partners).stream()
                                .map(VoprfEvaluator::publicKey)
                                .toList())
                .orElseThrow();
    }

    /** Sums up what every step takes. */
    private record Steps(Map<OprfStep, Double> micros) {

        <T> T run(OprfStep step, Supplier<T> body) {
            double before = CpuClock.threadMicros();
            T result = body.get();
            micros.merge(step, CpuClock.threadMicros() - before, Double::sum);
            return result;
        }
    }
}
