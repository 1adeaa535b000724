package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.List;

/** Makes encoded replies, bound to the request. Safe for use by several threads. */
final class ReplySigner {

    private final Membership member;

    ReplySigner(Membership member) {
        this.member = member;
    }

    byte[] evaluated(EvaluationRequest request, Evaluation evaluation) {
        return signed(
                request, ReplyStatus.OK, evaluation.encodedElements(), evaluation.encodedProof());
    }

    /**
     * @param status not OK
     */
    byte[] refused(EvaluationRequest request, ReplyStatus status) {
        return signed(request, status, List.of(), Bytes.EMPTY);
    }

    private byte[] signed(
            EvaluationRequest request, ReplyStatus status, List<Bytes> elements, Bytes proof) {
        EvaluationReply reply =
                new EvaluationReply(
                        member.name(),
                        request.requester(),
                        member.identity().policyHash(),
                        request.epoch(),
                        request.requestId(),
                        request.structHash(),
                        status,
                        elements,
                        proof,
                        Bytes.EMPTY);
        Bytes32 digest = member.identity().digest(reply.structHash());
        return Codecs.EVALUATION_REPLY.encode(reply.signed(member.keys().chain().sign(digest)));
    }
}
