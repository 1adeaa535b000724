package io.sealroom.partner.exchange;

import io.sealroom.partner.exchange.EvidenceFinding.Convicts;
import io.sealroom.partner.exchange.EvidenceFinding.Fault;
import io.sealroom.partner.exchange.EvidenceFinding.Inconclusive;
import io.sealroom.partner.exchange.EvidenceFinding.Refused;
import io.sealroom.privacy.oprf.BlindedElements;
import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.EvaluationCheck;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.RecordCodec;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges evidence with what is public: policy, chain id, contract and public keys. Pure, for
 * anybody.
 *
 * <p>A reply convicts only together with a request whose hash it names. The hash binds it to the
 * request's content whoever made that, so the request's own signature does not matter; a reply to
 * some other request convicts nobody, since a requester can sign as many as it likes under one id
 * and show the wrong one.
 */
public final class EvidenceCheck {

    private final Policy policy;
    private final RoomFile room;
    private final RoomIdentity identity;

    public EvidenceCheck(Policy policy, RoomFile room) {
        this.policy = policy;
        this.room = room;
        this.identity = room.identity(policy);
    }

    /** Never throws on evidence, whoever made it. */
    public EvidenceFinding check(Evidence evidence) {
        if (policy.partnerIndex(evidence.accused()).isEmpty()) {
            return new Refused(Fault.UNKNOWN_PARTNER);
        }
        if (!evidence.policyHash().equals(identity.policyHash())) {
            return new Refused(Fault.OTHER_POLICY);
        }
        return switch (evidence.reason()) {
            case PROOF_INVALID, MALFORMED, OTHER_EPOCH, OTHER_REQUEST -> reply(evidence);
            case CONTRADICTION -> contradiction(evidence);
            case ID_REUSED -> idReused(evidence);
        };
    }

    private EvidenceFinding reply(Evidence evidence) {
        Optional<EvaluationRequest> request = decode(evidence, 0, Codecs.EVALUATION_REQUEST);
        Optional<EvaluationReply> found = decode(evidence, 1, Codecs.EVALUATION_REPLY);
        if (request.isEmpty() || found.isEmpty() || evidence.records().size() != 2) {
            return new Refused(Fault.UNDECODABLE);
        }
        EvaluationReply reply = found.get();
        if (!signed(evidence, reply)) {
            return new Refused(Fault.SIGNATURE);
        }
        boolean bound = reply.request().equals(request.get().structHash());
        if (!bound && reply.requestId() != request.get().requestId()) {
            return new Refused(Fault.UNRELATED);
        }
        return switch (evidence.reason()) {
            case OTHER_REQUEST ->
                    bound
                            ? new Refused(Fault.IN_ORDER)
                            : new Inconclusive(evidence.accused(), evidence.reason());
            case OTHER_EPOCH -> otherEpoch(evidence, request.get(), reply, bound);
            default ->
                    bound
                            ? evaluation(evidence, request.get(), reply)
                            : new Refused(Fault.UNRELATED);
        };
    }

    private static EvidenceFinding otherEpoch(
            Evidence evidence, EvaluationRequest request, EvaluationReply reply, boolean bound) {
        if (reply.epoch() == request.epoch()) {
            return new Refused(Fault.IN_ORDER);
        }
        return bound
                ? new Convicts(evidence.accused(), evidence.reason())
                : new Inconclusive(evidence.accused(), evidence.reason());
    }

    private EvidenceFinding evaluation(
            Evidence evidence, EvaluationRequest request, EvaluationReply reply) {
        Bytes stated =
                room.oprfKeys()
                        .getOrDefault(evidence.accused(), new TreeMap<>())
                        .get(request.epoch());
        if (stated == null || !stated.equals(evidence.publicKey())) {
            return new Refused(Fault.OTHER_KEY);
        }
        Optional<PublicKeyShare> key = PublicKeyShare.decode(stated).accepted();
        Optional<BlindedElements> blinded = BlindedElements.decode(request.elements()).accepted();
        if (key.isEmpty() || blinded.isEmpty() || reply.status() != ReplyStatus.OK) {
            return new Refused(Fault.UNRELATED);
        }
        Checked<Evaluation> evaluation = Evaluation.decode(reply.elements(), reply.proof());
        Optional<Evaluation> formed =
                evaluation.accepted().filter(value -> value.size() == blinded.get().size());
        EvidenceReason shown =
                formed.isPresent() ? EvidenceReason.PROOF_INVALID : EvidenceReason.MALFORMED;
        boolean holds =
                formed.isPresent() && EvaluationCheck.holds(blinded.get(), key.get(), formed.get());
        return holds || shown != evidence.reason()
                ? new Refused(Fault.IN_ORDER)
                : new Convicts(evidence.accused(), shown);
    }

    private EvidenceFinding contradiction(Evidence evidence) {
        Optional<EvaluationRequest> request = decode(evidence, 0, Codecs.EVALUATION_REQUEST);
        Optional<EvaluationReply> first = decode(evidence, 1, Codecs.EVALUATION_REPLY);
        Optional<EvaluationReply> second = decode(evidence, 2, Codecs.EVALUATION_REPLY);
        if (request.isEmpty() || first.isEmpty() || second.isEmpty()) {
            return new Refused(Fault.UNDECODABLE);
        }
        if (!signed(evidence, first.get()) || !signed(evidence, second.get())) {
            return new Refused(Fault.SIGNATURE);
        }
        if (!first.get().request().equals(request.get().structHash())) {
            return new Refused(Fault.UNRELATED);
        }
        return Contradiction.between(first.get(), second.get())
                ? new Convicts(evidence.accused(), evidence.reason())
                : new Refused(Fault.IN_ORDER);
    }

    private EvidenceFinding idReused(Evidence evidence) {
        Optional<EvaluationRequest> first = decode(evidence, 0, Codecs.EVALUATION_REQUEST);
        Optional<EvaluationRequest> second = decode(evidence, 1, Codecs.EVALUATION_REQUEST);
        if (first.isEmpty() || second.isEmpty()) {
            return new Refused(Fault.UNDECODABLE);
        }
        if (!signed(evidence, first.get()) || !signed(evidence, second.get())) {
            return new Refused(Fault.SIGNATURE);
        }
        if (first.get().requestId() != second.get().requestId()
                || !first.get().evaluator().equals(second.get().evaluator())) {
            return new Refused(Fault.UNRELATED);
        }
        return first.get().structHash().equals(second.get().structHash())
                ? new Refused(Fault.IN_ORDER)
                : new Convicts(evidence.accused(), evidence.reason());
    }

    private boolean signed(Evidence evidence, EvaluationReply reply) {
        return reply.evaluator().equals(evidence.accused())
                && reply.policyHash().equals(evidence.policyHash())
                && signed(evidence, reply.structHash(), reply.signature());
    }

    private boolean signed(Evidence evidence, EvaluationRequest request) {
        return request.requester().equals(evidence.accused())
                && request.policyHash().equals(evidence.policyHash())
                && signed(evidence, request.structHash(), request.signature());
    }

    private boolean signed(Evidence evidence, Bytes32 structHash, Bytes signature) {
        return Secp256k1.recover(identity.digest(structHash), signature.toBytes())
                .filter(policy.partner(evidence.accused()).address()::equals)
                .isPresent();
    }

    private static <T> Optional<T> decode(Evidence evidence, int index, RecordCodec<T> codec) {
        List<Bytes> records = evidence.records();
        return index < records.size()
                ? codec.decode(records.get(index).toBytes()).toOptional()
                : Optional.empty();
    }
}
