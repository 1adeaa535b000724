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
        return bound(r, r.evaluator(), r.policyHash(), epoch, r.requestId(), r.request());
    }

    static EvaluationReply from(EvaluationReply r, String evaluator) {
        return bound(r, evaluator, r.policyHash(), r.epoch(), r.requestId(), r.request());
    }

    static EvaluationReply withId(EvaluationReply r, long requestId) {
        return bound(r, r.evaluator(), r.policyHash(), r.epoch(), requestId, r.request());
    }

    static EvaluationReply withRequest(EvaluationReply r, Bytes32 request) {
        return bound(r, r.evaluator(), r.policyHash(), r.epoch(), r.requestId(), request);
    }

    static EvaluationReply withPolicy(EvaluationReply r, Bytes32 policyHash) {
        return bound(r, r.evaluator(), policyHash, r.epoch(), r.requestId(), r.request());
    }

    private static EvaluationReply bound(
            EvaluationReply r,
            String evaluator,
            Bytes32 policyHash,
            long epoch,
            long requestId,
            Bytes32 request) {
        return new EvaluationReply(
                evaluator,
                r.requester(),
                policyHash,
                epoch,
                requestId,
                request,
                r.status(),
                r.elements(),
                r.proof(),
                r.signature());
    }

    static EvaluationReply withEvaluation(EvaluationReply r, List<Bytes> elements, Bytes proof) {
        return answering(r, r.status(), elements, proof);
    }

    static EvaluationReply refusal(EvaluationReply r, ReplyStatus status) {
        return answering(r, status, List.of(), Bytes.EMPTY);
    }

    private static EvaluationReply answering(
            EvaluationReply r, ReplyStatus status, List<Bytes> elements, Bytes proof) {
        return new EvaluationReply(
                r.evaluator(),
                r.requester(),
                r.policyHash(),
                r.epoch(),
                r.requestId(),
                r.request(),
                status,
                elements,
                proof,
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
