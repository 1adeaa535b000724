package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.EvaluationRequest;
import java.util.Optional;

/** Whether a request deserves a reply at all: a partner of this room has signed it. Pure. */
final class RequestRules {

    private final Membership member;

    RequestRules(Membership member) {
        this.member = member;
    }

    /** The first rule that the request breaks, the cheap ones first. */
    Optional<RequestRefusal> refusal(EvaluationRequest request) {
        if (!request.evaluator().equals(member.name())) {
            return Optional.of(RequestRefusal.OTHER_EVALUATOR);
        }
        Optional<Partner> requester =
                member.policy().partners().stream()
                        .filter(partner -> partner.name().equals(request.requester()))
                        .filter(partner -> !partner.name().equals(member.name()))
                        .findFirst();
        if (requester.isEmpty()) {
            return Optional.of(RequestRefusal.UNKNOWN_REQUESTER);
        }
        if (!request.policyHash().equals(member.identity().policyHash())) {
            return Optional.of(RequestRefusal.OTHER_POLICY);
        }
        Bytes32 digest = member.identity().digest(request.structHash());
        return Secp256k1.recover(digest, request.signature().toBytes())
                        .filter(requester.get().address()::equals)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(RequestRefusal.SIGNATURE);
    }
}
