package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.privacy.oprf.BlindedElements;
import io.sealroom.privacy.oprf.Checked;
import io.sealroom.privacy.oprf.Evaluation;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Decides on requests in the order in which they stand on the topic, and evaluates them on other
 * threads. {@link #answer} is for one thread.
 */
final class EvaluationService {

    private final Membership member;
    private final RoomKeys keys;
    private final EpochRule epochs;
    private final Executor workers;
    private final Map<String, ReplyMemory> memories = new HashMap<>();

    EvaluationService(Membership member, RoomKeys keys, EpochRule epochs, Executor workers) {
        this.member = member;
        this.keys = keys;
        this.epochs = epochs;
        this.workers = workers;
    }

    /** Never throws on bytes. */
    Answer answer(byte[] bytes) {
        Decoded<EvaluationRequest> decoded = Codecs.EVALUATION_REQUEST.decode(bytes);
        if (!(decoded instanceof Decoded.Ok<EvaluationRequest> ok)) {
            return new Answer.Dropped(RequestRefusal.UNDECODABLE);
        }
        EvaluationRequest request = ok.record();
        Optional<RequestRefusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            return new Answer.Dropped(refusal.get());
        }
        Bytes32 structHash = request.structHash();
        ReplyMemory memory =
                memories.computeIfAbsent(request.requester(), name -> new ReplyMemory());
        ReplyMemory.Entry known = memory.find(request.requestId());
        if (known != null) {
            return new Answer.Reply(
                    request.requester(),
                    known.request().equals(structHash)
                            ? known.reply()
                            : now(refuse(request, structHash, ReplyStatus.MALFORMED)));
        }
        if (!memory.isNew(request.requestId())) {
            return new Answer.Reply(
                    request.requester(), now(refuse(request, structHash, ReplyStatus.EVICTED)));
        }
        CompletableFuture<byte[]> reply = memory.add(request.requestId(), structHash).reply();
        reply.completeAsync(() -> evaluate(request, structHash), workers);
        return new Answer.Reply(request.requester(), reply);
    }

    private Optional<RequestRefusal> refusal(EvaluationRequest request) {
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

    private byte[] evaluate(EvaluationRequest request, Bytes32 structHash) {
        if (!epochs.allows(request.epoch())) {
            return refuse(request, structHash, ReplyStatus.WRONG_EPOCH);
        }
        Optional<VoprfEvaluator> evaluator = keys.evaluator(request.epoch());
        if (evaluator.isEmpty()) {
            return refuse(request, structHash, ReplyStatus.NOT_READY);
        }
        Checked<BlindedElements> elements = BlindedElements.decode(request.elements());
        if (!(elements instanceof Checked.Accepted<BlindedElements> accepted)) {
            return refuse(request, structHash, ReplyStatus.MALFORMED);
        }
        Evaluation evaluation = evaluator.get().evaluate(accepted.value());
        return signed(
                request,
                structHash,
                ReplyStatus.OK,
                evaluation.encodedElements(),
                evaluation.encodedProof());
    }

    private byte[] refuse(EvaluationRequest request, Bytes32 structHash, ReplyStatus status) {
        return signed(request, structHash, status, List.of(), Bytes.EMPTY);
    }

    private byte[] signed(
            EvaluationRequest request,
            Bytes32 structHash,
            ReplyStatus status,
            List<Bytes> elements,
            Bytes proof) {
        EvaluationReply reply =
                new EvaluationReply(
                        member.name(),
                        request.requester(),
                        member.identity().policyHash(),
                        request.epoch(),
                        request.requestId(),
                        structHash,
                        status,
                        elements,
                        proof,
                        Bytes.EMPTY);
        Bytes32 digest = member.identity().digest(reply.structHash());
        return Codecs.EVALUATION_REPLY.encode(reply.signed(member.keys().chain().sign(digest)));
    }

    private static CompletableFuture<byte[]> now(byte[] reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
