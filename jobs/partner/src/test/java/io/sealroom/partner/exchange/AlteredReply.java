package io.sealroom.partner.exchange;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Replies that say something else than the one they are made from; the signature stays. */
final class AlteredReply {

    private AlteredReply() {}

    static EvaluationReply withEpoch(EvaluationReply r, long epoch) {
        return new EvaluationReply(
                r.evaluator(),
                r.requester(),
                r.policyHash(),
                epoch,
                r.requestId(),
                r.request(),
                r.status(),
                r.elements(),
                r.proof(),
                r.signature());
    }

    static EvaluationReply from(EvaluationReply r, String evaluator) {
        return new EvaluationReply(
                evaluator,
                r.requester(),
                r.policyHash(),
                r.epoch(),
                r.requestId(),
                r.request(),
                r.status(),
                r.elements(),
                r.proof(),
                r.signature());
    }

    static EvaluationReply withRequest(EvaluationReply r, Bytes32 request) {
        return new EvaluationReply(
                r.evaluator(),
                r.requester(),
                r.policyHash(),
                r.epoch(),
                r.requestId(),
                request,
                r.status(),
                r.elements(),
                r.proof(),
                r.signature());
    }

    static EvaluationReply withPolicy(EvaluationReply r, Bytes32 policyHash) {
        return new EvaluationReply(
                r.evaluator(),
                r.requester(),
                policyHash,
                r.epoch(),
                r.requestId(),
                r.request(),
                r.status(),
                r.elements(),
                r.proof(),
                r.signature());
    }

    static EvaluationReply withEvaluation(EvaluationReply r, List<Bytes> elements, Bytes proof) {
        return new EvaluationReply(
                r.evaluator(),
                r.requester(),
                r.policyHash(),
                r.epoch(),
                r.requestId(),
                r.request(),
                r.status(),
                elements,
                proof,
                r.signature());
    }

    static EvaluationReply refusal(EvaluationReply r, ReplyStatus status) {
        return new EvaluationReply(
                r.evaluator(),
                r.requester(),
                r.policyHash(),
                r.epoch(),
                r.requestId(),
                r.request(),
                status,
                List.of(),
                Bytes.EMPTY,
                r.signature());
    }

    /** Every element is a true evaluation, but of another one's element. */
    static EvaluationReply reordered(EvaluationReply r) {
        List<Bytes> elements = new ArrayList<>(r.elements());
        Collections.reverse(elements);
        return withEvaluation(r, elements, r.proof());
    }

    /** Without its last element. */
    static EvaluationReply truncated(EvaluationReply r) {
        return withEvaluation(r, r.elements().subList(0, r.elements().size() - 1), r.proof());
    }
}
