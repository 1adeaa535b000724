package io.sealroom.partner.exchange;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.EvaluationReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one run has asked other partners and not yet been answered: sends, and sends again. One
 * thread.
 */
final class OpenQuestions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenQuestions.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ExchangeParts parts;
    private final ReplyRouter.Asker asker;
    private final List<AskedEvaluator> asked = new ArrayList<>();

    /**
     * @param asker gets the replies
     */
    OpenQuestions(ExchangeParts parts, ReplyRouter.Asker asker) {
        this.parts = parts;
        this.asker = asker;
    }

    /** Asks every other partner. */
    void ask(TokenBatch batch) throws IOException {
        List<Partner> partners = parts.member().policy().partners();
        for (int i = 0; i < partners.size(); i++) {
            Partner evaluator = partners.get(i);
            if (!evaluator.name().equals(parts.member().name())) {
                AskedEvaluator question =
                        new AskedEvaluator(
                                batch,
                                i,
                                evaluator,
                                parts.sender().send(evaluator, batch, 0, asker));
                question.sent(System.nanoTime(), parts.times());
                asked.add(question);
                parts.waiting().asked(evaluator.name(), question);
            }
        }
    }

    /** The question that an evaluator's reply may answer. */
    Optional<AskedEvaluator> find(String evaluator, long requestId) {
        return asked.stream()
                .filter(question -> question.evaluator().name().equals(evaluator))
                .filter(question -> question.request().requestId() == requestId)
                .filter(question -> !question.isJudging() && !question.isRenewed())
                .findFirst();
    }

    /** A signed reply is there; it is still to be judged. */
    void settled(AskedEvaluator question, EvaluationReply reply) {
        parts.router().settle(question.request(), reply);
    }

    void answered(AskedEvaluator question) {
        asked.remove(question);
        parts.waiting().closed(question.evaluator().name(), question);
    }

    void clear() {
        for (AskedEvaluator question : asked) {
            parts.router().forget(question.request());
            parts.waiting().closed(question.evaluator().name(), question);
        }
        asked.clear();
    }

    /** How long nothing needs to be sent; not long enough to miss that a partner went silent. */
    long nanosUntilDue() {
        long now = System.nanoTime();
        return asked.stream()
                .filter(question -> !question.isJudging())
                .mapToLong(question -> Math.max(0, question.dueNanos() - now))
                .reduce(IDLE_NANOS, Math::min);
    }

    /** Sends again what is due: the same bytes, or the same elements under a new id. */
    void repeatDue() throws IOException {
        for (AskedEvaluator question : asked) {
            if (question.isJudging() || question.dueNanos() - System.nanoTime() > 0) {
                continue;
            }
            if (question.isRenewed()) {
                parts.router().forget(question.request());
                question.replace(
                        parts.sender()
                                .send(
                                        question.evaluator(),
                                        question.batch(),
                                        question.jump(),
                                        asker));
            } else {
                LOG.debug(
                        "{} has not answered; request sent again, attempt {}",
                        question.evaluator().name(),
                        question.attempts() + 1);
                parts.sender().repeat(question.request());
            }
            question.sent(System.nanoTime(), parts.times());
        }
        parts.waiting().lookForSilence();
    }
}
