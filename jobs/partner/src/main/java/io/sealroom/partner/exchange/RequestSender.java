package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;

/**
 * Draws an id, signs and sends as one step, so that ids reach an evaluator rising, however many
 * runs ask at once: one that arrives after a higher one is refused. Safe for use by several
 * threads.
 */
final class RequestSender {

    private final Membership member;
    private final RequestIds ids;
    private final RequestChannel channel;
    private final ReplyRouter router;
    private final ExchangeMetrics metrics;

    RequestSender(
            Membership member,
            RequestIds ids,
            RequestChannel channel,
            ReplyRouter router,
            ExchangeMetrics metrics) {
        this.member = member;
        this.ids = ids;
        this.channel = channel;
        this.router = router;
        this.metrics = metrics;
    }

    /**
     * Sends a batch under a new id.
     *
     * @param jump ids to leave out before
     * @param asker gets the replies
     */
    synchronized EvaluationRequest send(
            Partner evaluator, TokenBatch batch, long jump, ReplyRouter.Asker asker)
            throws IOException {
        ids.jump(jump);
        EvaluationRequest request = signed(evaluator, batch, ids.next());
        // Before it is sent: the reply may be here first.
        router.expect(evaluator.name(), request.requestId(), asker);
        repeat(request);
        return request;
    }

    /** Sends the same bytes again. */
    synchronized void repeat(EvaluationRequest request) {
        channel.send(request.evaluator(), Codecs.EVALUATION_REQUEST.encode(request));
        metrics.requestSent(request.evaluator());
    }

    private EvaluationRequest signed(Partner evaluator, TokenBatch batch, long id) {
        EvaluationRequest request =
                new EvaluationRequest(
                        member.name(),
                        evaluator.name(),
                        member.identity().policyHash(),
                        batch.epoch(),
                        id,
                        batch.elements(),
                        Bytes.EMPTY);
        Bytes32 digest = member.identity().digest(request.structHash());
        return request.signed(member.keys().chain().sign(digest));
    }
}
