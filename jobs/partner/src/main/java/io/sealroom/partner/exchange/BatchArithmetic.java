package io.sealroom.partner.exchange;

import io.sealroom.privacy.oprf.BlindedBatch;
import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.EvaluationOutcome;
import io.sealroom.privacy.oprf.OprfInput;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.VerifiedEvaluation;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.privacy.oprf.VoprfRequester;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.Token;
import java.util.List;

/** The requester's slow steps: about 0.5 ms an identifier in all. For any thread. */
final class BatchArithmetic {

    private final String room;
    private final int ownIndex;
    private final VoprfRequester oprf = new VoprfRequester();

    /**
     * @param ownIndex place of this partner in policy order
     */
    BatchArithmetic(String room, int ownIndex) {
        this.room = room;
        this.ownIndex = ownIndex;
    }

    /** What an answer turned out to be. */
    sealed interface Judged {

        record Verified(VerifiedEvaluation evaluation) implements Judged {}

        record Wrong(EvidenceReason reason) implements Judged {}
    }

    /** Blinds and pads, and evaluates with the own share: the one answer that needs no message. */
    TokenBatch blind(long epoch, PartnerKeys keys, VoprfEvaluator own, BatchPlan plan) {
        List<OprfInput> inputs =
                plan.identifiers().stream().map(id -> OprfInput.of(room, epoch, id)).toList();
        BlindedBatch blinded = oprf.blind(inputs, plan.size());
        EvaluationOutcome outcome =
                oprf.verify(blinded, keys, ownIndex, own.evaluate(blinded.elements()));
        TokenBatch batch = new TokenBatch(epoch, keys, plan.identifiers(), blinded);
        // Own keys were compared with the published ones at start, so this holds.
        batch.verified(ownIndex, ((EvaluationOutcome.Verified) outcome).evaluation());
        return batch;
    }

    /** Decodes an evaluator's answer and verifies its proof against the published key. */
    Judged judge(TokenBatch batch, int partnerIndex, EvaluationReply reply) {
        Checked<Evaluation> evaluation = Evaluation.decode(reply.elements(), reply.proof());
        if (!(evaluation instanceof Checked.Accepted<Evaluation> accepted)
                || accepted.value().size() != batch.elements().size()) {
            return new Judged.Wrong(EvidenceReason.MALFORMED);
        }
        EvaluationOutcome outcome =
                oprf.verify(batch.blinded(), batch.keys(), partnerIndex, accepted.value());
        return outcome instanceof EvaluationOutcome.Verified verified
                ? new Judged.Verified(verified.evaluation())
                : new Judged.Wrong(EvidenceReason.PROOF_INVALID);
    }

    /** Adds, unblinds and finalizes a complete batch, and forgets its blinds. */
    List<Token> combine(TokenBatch batch) {
        List<Token> tokens = oprf.combine(batch.blinded(), batch.keys(), batch.evaluations());
        batch.blinded().erase();
        return tokens;
    }
}
