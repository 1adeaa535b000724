package io.sealroom.partner.exchange;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.util.Optional;

/** Whether a reply answers a request, whatever its status. Pure; the proof is for the OPRF. */
final class ReplyRules {

    private final RoomIdentity identity;

    ReplyRules(RoomIdentity identity) {
        this.identity = identity;
    }

    /** The first rule that the reply breaks, the cheap ones first. */
    Optional<ReplyRefusal> refusal(
            EvaluationReply reply, EvaluationRequest request, Partner evaluator) {
        if (!reply.evaluator().equals(request.evaluator())
                || !reply.evaluator().equals(evaluator.name())
                || !reply.requester().equals(request.requester())) {
            return Optional.of(ReplyRefusal.OTHER_PARTIES);
        }
        if (!reply.policyHash().equals(request.policyHash())) {
            return Optional.of(ReplyRefusal.OTHER_POLICY);
        }
        if (reply.requestId() != request.requestId()) {
            return Optional.of(ReplyRefusal.UNKNOWN_REQUEST);
        }
        if (reply.epoch() != request.epoch()) {
            return Optional.of(ReplyRefusal.OTHER_EPOCH);
        }
        if (!reply.request().equals(request.structHash())) {
            return Optional.of(ReplyRefusal.OTHER_REQUEST);
        }
        return isSigned(reply, evaluator) ? Optional.empty() : Optional.of(ReplyRefusal.SIGNATURE);
    }

    /** Whether the evaluator itself has written it, in this room. About 0.3 ms. */
    boolean isSigned(EvaluationReply reply, Partner evaluator) {
        return reply.evaluator().equals(evaluator.name())
                && Secp256k1.recover(
                                identity.digest(reply.structHash()), reply.signature().toBytes())
                        .filter(evaluator.address()::equals)
                        .isPresent();
    }
}
