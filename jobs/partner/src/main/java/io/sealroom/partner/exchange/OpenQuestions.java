package io.sealroom.partner.exchange;

import io.sealroom.partner.room.Membership;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other partners have been asked and not yet answered: sends, and sends again. One thread. */
final class OpenQuestions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenQuestions.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Membership member;
    private final RequestIds ids;
    private final RequestChannel channel;
    private final RetryTimes times;
    private final List<AskedEvaluator> asked = new ArrayList<>();

    OpenQuestions(Membership member, RequestIds ids, RequestChannel channel, RetryTimes times) {
        this.member = member;
        this.ids = ids;
        this.channel = channel;
        this.times = times;
    }

    /** Asks every other partner. Ids are drawn as requests are sent, so that they arrive rising. */
    void ask(TokenBatch batch) throws IOException {
        List<Partner> partners = member.policy().partners();
        for (int i = 0; i < partners.size(); i++) {
            Partner evaluator = partners.get(i);
            if (!evaluator.name().equals(member.name())) {
                AskedEvaluator question =
                        new AskedEvaluator(batch, i, evaluator, request(evaluator, batch));
                asked.add(question);
                send(question);
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

    void answered(AskedEvaluator question) {
        asked.remove(question);
    }

    void clear() {
        asked.clear();
    }

    /** How long nothing needs to be sent. */
    long nanosUntilDue() {
        long now = System.nanoTime();
        return asked.stream()
                .filter(question -> !question.isJudging())
                .mapToLong(question -> Math.max(0, question.dueNanos() - now))
                .min()
                .orElse(IDLE_NANOS);
    }

    /** Sends again what is due: the same bytes, or the same elements under a new id. */
    void repeatDue() throws IOException {
        for (AskedEvaluator question : asked) {
            if (question.isJudging() || question.dueNanos() - System.nanoTime() > 0) {
                continue;
            }
            if (question.isRenewed()) {
                question.replace(request(question.evaluator(), question.batch()));
            } else {
                LOG.warn(
                        "{} has not answered; request sent again, attempt {}",
                        question.evaluator().name(),
                        question.attempts() + 1);
            }
            send(question);
        }
    }

    private void send(AskedEvaluator question) {
        channel.send(question.evaluator().name(), question.encoded());
        question.sent(System.nanoTime(), times);
    }

    private EvaluationRequest request(Partner evaluator, TokenBatch batch) throws IOException {
        EvaluationRequest request =
                new EvaluationRequest(
                        member.name(),
                        evaluator.name(),
                        member.identity().policyHash(),
                        batch.epoch(),
                        ids.next(),
                        batch.elements(),
                        Bytes.EMPTY);
        Bytes32 digest = member.identity().digest(request.structHash());
        return request.signed(member.keys().chain().sign(digest));
    }
}
