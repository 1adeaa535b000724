package io.sealroom.partner.exchange;

import io.sealroom.partner.exchange.QuotaState.Decision;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.BlindedElements;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.EvaluationRequest;
import io.sealroom.schemas.record.ReplyStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/**
 * Decides on requests in the order in which they stand on the topic, and evaluates them on other
 * threads. An id is decided on once, and for good: the decision is on disk before anything follows
 * from it. {@link #answer} is for one thread.
 */
final class EvaluationService {

    private final RequestRules rules;
    private final ReplySigner signer;
    private final LongFunction<Optional<VoprfEvaluator>> shares;
    private final EpochRule epochs;
    private final Requesters requesters;
    private final EvidenceStore evidence;
    private final ExchangeMetrics metrics;
    private final Executor workers;

    /**
     * @param shares own share by epoch; nothing before all partners' keys are known, and after the
     *     share is erased
     */
    EvaluationService(
            RequestRules rules,
            ReplySigner signer,
            LongFunction<Optional<VoprfEvaluator>> shares,
            EpochRule epochs,
            Requesters requesters,
            EvidenceStore evidence,
            ExchangeMetrics metrics,
            Executor workers) {
        this.rules = rules;
        this.signer = signer;
        this.shares = shares;
        this.epochs = epochs;
        this.requesters = requesters;
        this.evidence = evidence;
        this.metrics = metrics;
        this.workers = workers;
    }

    /**
     * Never throws on bytes.
     *
     * @throws AgentException if a decision cannot be written down: nothing may be evaluated then
     */
    Answer answer(byte[] bytes) throws AgentException {
        Decoded<EvaluationRequest> decoded = Codecs.EVALUATION_REQUEST.decode(bytes);
        if (!(decoded instanceof Decoded.Ok<EvaluationRequest> ok)) {
            return new Answer.Dropped(RequestRefusal.UNDECODABLE);
        }
        EvaluationRequest request = ok.record();
        Optional<RequestRefusal> refusal = rules.refusal(request);
        if (refusal.isPresent()) {
            return new Answer.Dropped(refusal.get());
        }
        metrics.requestReceived(request.requester());
        try {
            return new Answer.Reply(request.requester(), reply(request));
        } catch (IOException e) {
            throw AgentException.unavailable(
                    e,
                    "the quota ledger of %s cannot be written, so nothing is evaluated: %s",
                    request.requester(),
                    e);
        }
    }

    private CompletableFuture<byte[]> reply(EvaluationRequest request) throws IOException {
        QuotaLedger ledger = requesters.ledger(request.requester());
        Bytes32 structHash = request.structHash();
        Optional<Decision> known = ledger.find(request.requestId());
        if (known.isPresent()) {
            return known.get().request().equals(structHash)
                    ? again(request, known.get().status())
                    : reusedId(request);
        }
        if (!ledger.isNew(request.requestId())) {
            return CompletableFuture.completedFuture(refused(request, ReplyStatus.EVICTED));
        }
        Optional<BlindedElements> elements = BlindedElements.decode(request.elements()).accepted();
        ReplyStatus obstacle = obstacle(request, elements.isPresent());
        ReplyStatus status =
                obstacle == ReplyStatus.OK
                        ? ledger.charge(request.requestId(), structHash, request.elements().size())
                        : ledger.refuse(request.requestId(), structHash, obstacle);
        return remembered(request, status, elements);
    }

    /** The same question: the same bytes, or after a restart what was decided, without a charge. */
    private CompletableFuture<byte[]> again(EvaluationRequest request, ReplyStatus status) {
        return requesters
                .memory(request.requester())
                .find(request.requestId())
                .map(ReplyMemory.Entry::reply)
                .orElseGet(
                        () ->
                                remembered(
                                        request,
                                        status,
                                        BlindedElements.decode(request.elements()).accepted()));
    }

    private CompletableFuture<byte[]> reusedId(EvaluationRequest request) {
        requesters
                .memory(request.requester())
                .find(request.requestId())
                .ifPresent(first -> evidence.keepReusedId(first.request(), request));
        return CompletableFuture.completedFuture(refused(request, ReplyStatus.MALFORMED));
    }

    /** What stands in the way of an evaluation, the quota apart; OK for nothing. */
    private ReplyStatus obstacle(EvaluationRequest request, boolean wellFormed) {
        if (!epochs.allows(request.epoch())) {
            return ReplyStatus.WRONG_EPOCH;
        }
        if (shares.apply(request.epoch()).isEmpty()) {
            // Erased, or closed by a partner: no later request for the epoch fares better.
            return ReplyStatus.WRONG_EPOCH;
        }
        return wellFormed ? ReplyStatus.OK : ReplyStatus.MALFORMED;
    }

    private CompletableFuture<byte[]> remembered(
            EvaluationRequest request, ReplyStatus status, Optional<BlindedElements> elements) {
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        requesters.memory(request.requester()).add(request, reply);
        return reply.completeAsync(
                () ->
                        status == ReplyStatus.OK
                                ? evaluated(request, elements.orElseThrow())
                                : refused(request, status),
                workers);
    }

    private byte[] evaluated(EvaluationRequest request, BlindedElements elements) {
        // Once more: after a restart the epoch may have passed since the decision.
        if (!epochs.allows(request.epoch())) {
            return refused(request, ReplyStatus.WRONG_EPOCH);
        }
        Optional<VoprfEvaluator> evaluator = shares.apply(request.epoch());
        if (evaluator.isEmpty()) {
            return refused(request, ReplyStatus.WRONG_EPOCH);
        }
        try {
            byte[] reply = signer.evaluated(request, evaluator.get().evaluate(elements));
            metrics.evaluated(request.requester(), elements.size());
            return reply;
        } catch (IllegalStateException shareErased) {
            // The epoch has ended while this was computed.
            return refused(request, ReplyStatus.WRONG_EPOCH);
        }
    }

    private byte[] refused(EvaluationRequest request, ReplyStatus status) {
        metrics.requestRefused(request.requester(), status);
        return signer.refused(request, status);
    }
}
