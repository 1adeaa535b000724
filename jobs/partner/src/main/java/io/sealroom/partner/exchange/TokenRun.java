package io.sealroom.partner.exchange;

import io.sealroom.partner.exchange.BatchArithmetic.Judged;
import io.sealroom.partner.exchange.RunReports.Report;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.ReplyStatus;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * One call of a requester, from identifiers to tokens. All decisions are taken on the thread that
 * runs it; other threads blind, verify and combine, and report back. What they report after its end
 * is nobody's.
 */
final class TokenRun implements ReplyRouter.Asker {

    /** Batches under way at once: enough that nobody waits for a reply to travel. */
    static final int BATCHES_MAX = 3;

    private static final int WRONG_PROOFS_MAX = 3;

    private final ExchangeParts parts;
    private final BatchArithmetic arithmetic;
    private final PartnerKeys publicKeys;
    private final VoprfEvaluator own;
    private final long epoch;
    private final OpenQuestions questions;
    private final SignedRefusals signedRefusals;
    private final ReplyRules rules;
    private final RunReports reports;
    private final Map<NormalisedIdentifier, Token> found = new HashMap<>();
    private int open;

    TokenRun(
            ExchangeParts parts,
            BatchArithmetic arithmetic,
            PartnerKeys publicKeys,
            VoprfEvaluator own,
            long epoch) {
        this.parts = parts;
        this.arithmetic = arithmetic;
        this.publicKeys = publicKeys;
        this.own = own;
        this.epoch = epoch;
        this.reports = new RunReports(parts.workers());
        this.questions = new OpenQuestions(parts, this);
        this.signedRefusals = new SignedRefusals(parts);
        this.rules = new ReplyRules(parts.member().identity());
    }

    /**
     * Once.
     *
     * @param progress gets the number of tokens so far
     */
    Map<NormalisedIdentifier, Token> run(List<BatchPlan> plan, IntConsumer progress)
            throws AgentException, InterruptedException {
        Iterator<BatchPlan> batches = plan.iterator();
        try {
            while (batches.hasNext() || open > 0) {
                while (open < BATCHES_MAX && batches.hasNext()) {
                    BatchPlan batch = batches.next();
                    open++;
                    reports.work(() -> blind(batch));
                }
                int before = found.size();
                Report report = reports.poll(questions.nanosUntilDue());
                if (report != null) {
                    report.handle();
                }
                if (found.size() != before) {
                    progress.accept(found.size());
                }
                questions.repeatDue();
            }
            return found;
        } catch (IOException e) {
            throw AgentException.unavailable(e, "the state directory cannot be written: %s", e);
        } finally {
            reports.end();
            questions.clear();
        }
    }

    @Override
    public void onReply(EvaluationReply reply, String evaluator) throws InterruptedException {
        reports.put(() -> reply(evaluator, reply));
    }

    /** Ends the run, whatever is queued. */
    void fail(AgentException failure) {
        reports.fail(failure);
    }

    private Report blind(BatchPlan plan) {
        TokenBatch batch;
        try {
            batch = arithmetic.blind(epoch, publicKeys, own, plan);
        } catch (IllegalStateException e) {
            if (parts.keys().evaluator(epoch).isPresent()) {
                throw e;
            }
            return () -> {
                throw AgentException.unavailable(
                        null,
                        "the own key share of epoch %d was erased meanwhile: nothing more can be"
                                + " tokenised in it",
                        epoch);
            };
        }
        return () -> questions.ask(batch);
    }

    private void reply(String evaluator, EvaluationReply reply) throws AgentException {
        Optional<AskedEvaluator> matching = questions.find(evaluator, reply.requestId());
        if (matching.isEmpty()) {
            parts.router().onUnexpected(evaluator, reply);
            return;
        }
        AskedEvaluator question = matching.get();
        Optional<ReplyRefusal> refusal =
                rules.refusal(reply, question.request(), question.evaluator());
        if (refusal.isPresent()) {
            refused(question, reply, refusal.get());
            return;
        }
        questions.settled(question, reply);
        if (reply.status() == ReplyStatus.OK) {
            question.judge();
            reports.work(() -> judge(question, reply));
        } else {
            signedRefusals.handle(question, reply.status());
        }
    }

    /** Waited for again: somebody else may have written it. What the partner signed is kept. */
    private void refused(AskedEvaluator question, EvaluationReply reply, ReplyRefusal reason) {
        parts.refusals().reply(question.evaluator().name(), reason);
        Optional<EvidenceReason> shown =
                switch (reason) {
                    case OTHER_EPOCH -> Optional.of(EvidenceReason.OTHER_EPOCH);
                    case OTHER_REQUEST -> Optional.of(EvidenceReason.OTHER_REQUEST);
                    default -> Optional.empty();
                };
        if (shown.isPresent() && rules.isSigned(reply, question.evaluator())) {
            parts.evidence().keep(shown.get(), question.request(), reply);
        }
    }

    private Report judge(AskedEvaluator question, EvaluationReply reply) {
        TokenBatch batch = question.batch();
        Judged judged = arithmetic.judge(batch, question.partnerIndex(), reply);
        if (judged instanceof Judged.Wrong wrong) {
            return () -> wrongEvaluation(question, reply, wrong.reason());
        }
        return () -> {
            String evaluator = question.evaluator().name();
            questions.answered(question);
            parts.waiting().answered(evaluator);
            parts.metrics().replyAccepted(evaluator);
            batch.verified(question.partnerIndex(), ((Judged.Verified) judged).evaluation());
            if (batch.isComplete()) {
                reports.work(() -> combine(batch));
            }
        };
    }

    /** Signed by the partner itself, so nobody else is to blame. */
    private void wrongEvaluation(
            AskedEvaluator question, EvaluationReply reply, EvidenceReason reason)
            throws AgentException {
        String evaluator = question.evaluator().name();
        parts.refusals().reply(evaluator, ReplyRefusal.valueOf(reason.name()));
        parts.evidence().keep(reason, question.request(), reply);
        if (question.wrongProof() >= WRONG_PROOFS_MAX) {
            throw AgentException.unavailable(
                    null,
                    "partner %s signed %d evaluations that do not hold for its published key: %s",
                    evaluator,
                    WRONG_PROOFS_MAX,
                    reason);
        }
        question.renewNow(System.nanoTime());
    }

    private Report combine(TokenBatch batch) {
        List<Token> tokens = arithmetic.combine(batch);
        return () -> {
            for (int i = 0; i < tokens.size(); i++) {
                found.put(batch.identifiers().get(i), tokens.get(i));
            }
            open--;
        };
    }
}
