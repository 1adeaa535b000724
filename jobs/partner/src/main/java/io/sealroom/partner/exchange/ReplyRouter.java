package io.sealroom.partner.exchange;

import io.sealroom.partner.exchange.SettledReplies.Settled;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings each reply to the run that asked, by evaluator and id; what nobody waits for goes no
 * further, so that garbage fills no queue. Safe for use by several threads.
 */
final class ReplyRouter {

    private final Policy policy;
    private final ReplyRules rules;
    private final RefusalLog refusals;
    private final EvidenceStore evidence;
    private final Map<Question, Asker> askers = new HashMap<>();
    private final SettledReplies settled = new SettledReplies();

    /** Takes replies under an id of its own; nothing about them has been checked. */
    interface Asker {
        void onReply(EvaluationReply reply, String evaluator) throws InterruptedException;
    }

    private record Question(String evaluator, long requestId) {}

    ReplyRouter(Policy policy, ReplyRules rules, RefusalLog refusals, EvidenceStore evidence) {
        this.policy = policy;
        this.rules = rules;
        this.refusals = refusals;
        this.evidence = evidence;
    }

    synchronized void expect(String evaluator, long requestId, Asker asker) {
        askers.put(new Question(evaluator, requestId), asker);
    }

    /** Nobody waits for the answer any more. */
    synchronized void forget(EvaluationRequest request) {
        askers.remove(new Question(request.evaluator(), request.requestId()));
    }

    /** A signed reply is there: any other one to the same request is compared with it. */
    synchronized void settle(EvaluationRequest request, EvaluationReply reply) {
        forget(request);
        settled.add(request, reply);
    }

    /**
     * Takes what stands on an evaluator's replies topic; waits while the run that asked has too
     * much unread. Never throws on bytes.
     */
    void onReply(String evaluator, byte[] bytes) throws InterruptedException {
        if (!(Codecs.EVALUATION_REPLY.decode(bytes) instanceof Decoded.Ok<EvaluationReply> ok)) {
            refusals.reply(evaluator, ReplyRefusal.UNDECODABLE);
            return;
        }
        Optional<Asker> asker = asker(evaluator, ok.record().requestId());
        if (asker.isPresent()) {
            asker.get().onReply(ok.record(), evaluator);
        } else {
            onUnexpected(evaluator, ok.record());
        }
    }

    /** A repetition, somebody else's, or a partner that contradicts itself. */
    void onUnexpected(String evaluator, EvaluationReply reply) {
        Optional<Settled> before = settled(evaluator, reply.requestId());
        // The signature last: it is what costs.
        if (before.isPresent()
                && Contradiction.between(before.get().reply(), reply)
                && reply.policyHash().equals(before.get().request().policyHash())
                && rules.isSigned(reply, policy.partner(evaluator))) {
            refusals.reply(evaluator, ReplyRefusal.CONTRADICTION);
            evidence.keep(
                    EvidenceReason.CONTRADICTION,
                    before.get().request(),
                    before.get().reply(),
                    reply);
        } else {
            refusals.reply(evaluator, ReplyRefusal.UNKNOWN_REQUEST);
        }
    }

    private synchronized Optional<Asker> asker(String evaluator, long requestId) {
        return Optional.ofNullable(askers.get(new Question(evaluator, requestId)));
    }

    private synchronized Optional<Settled> settled(String evaluator, long requestId) {
        return settled.find(evaluator, requestId);
    }
}
