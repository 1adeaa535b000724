package io.sealroom.partner.exchange;

import io.sealroom.partner.exchange.BatchArithmetic.Judged;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.oprf.PartnerKeys;
import io.sealroom.privacy.oprf.VoprfEvaluator;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns identifiers into tokens with every partner's help. All decisions are taken on the thread
 * that calls {@link #tokens}; other threads blind, verify and combine, and report back to it.
 *
 * <p>A reply that does not hold is refused, logged with its partner and the reason, and waited for
 * again: somebody else may have written it. Only a signed refusal, or the third wrong proof under a
 * partner's own signature, ends the run.
 */
public final class TokenRequester implements TokenSource {

    /** Batches under way at once: enough that nobody waits for a reply to travel. */
    private static final int BATCHES_MAX = 3;

    private static final int WRONG_PROOFS_MAX = 3;

    /** Replies are put aside while this many are unread. */
    private static final int QUEUE_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(TokenRequester.class);

    private final RoomKeys keys;
    private final Executor workers;
    private final int batchSize;
    private final OpenQuestions questions;
    private final BatchArithmetic arithmetic;
    private final ReplyRules rules;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>(QUEUE_MAX);
    private final Map<NormalisedIdentifier, Token> found = new HashMap<>();
    private int open;

    /** Something that happened elsewhere, handled on the caller's thread. */
    private interface Report {
        void handle() throws AgentException, IOException;
    }

    /**
     * @param batchSize identifiers of one request, at most 1024
     */
    TokenRequester(
            Membership member,
            RoomKeys keys,
            OpenQuestions questions,
            Executor workers,
            int batchSize) {
        this.keys = keys;
        this.workers = workers;
        this.batchSize = batchSize;
        this.questions = questions;
        this.arithmetic =
                new BatchArithmetic(
                        member.policy().room(),
                        member.policy().partnerIndex(member.name()).orElseThrow());
        this.rules = new ReplyRules(member.identity());
    }

    @Override
    public Map<NormalisedIdentifier, Token> tokens(
            long epoch, List<NormalisedIdentifier> identifiers, IntConsumer progress)
            throws AgentException, InterruptedException {
        PartnerKeys publicKeys =
                keys.publicKeys(epoch)
                        .orElseThrow(
                                () ->
                                        AgentException.badInput(
                                                "the room file lacks OPRF public keys of epoch %d",
                                                epoch));
        VoprfEvaluator own = keys.evaluator(epoch).orElseThrow();
        Iterator<List<NormalisedIdentifier>> batches = batches(identifiers).iterator();
        try {
            while (batches.hasNext() || open > 0) {
                while (open < BATCHES_MAX && batches.hasNext()) {
                    List<NormalisedIdentifier> batch = batches.next();
                    open++;
                    work(() -> blind(epoch, publicKeys, own, batch));
                }
                int before = found.size();
                Report report = reports.poll(questions.nanosUntilDue(), TimeUnit.NANOSECONDS);
                if (report != null) {
                    report.handle();
                }
                if (found.size() != before) {
                    progress.accept(found.size());
                }
                questions.repeatDue();
            }
            return new HashMap<>(found);
        } catch (IOException e) {
            throw AgentException.unavailable(e, "the state directory cannot be written: %s", e);
        } finally {
            found.clear();
            questions.clear();
            open = 0;
        }
    }

    /** Takes what stands on an evaluator's replies topic; waits while too many are unread. */
    void onReply(String evaluator, byte[] bytes) throws InterruptedException {
        reports.put(() -> reply(evaluator, bytes));
    }

    /** Ends a run under way, or the next one. */
    void onFailure(AgentException failure) {
        while (!reports.offer(failing(failure))) {
            // Nobody can use what is queued any more.
            reports.clear();
        }
    }

    private static Report failing(AgentException failure) {
        return () -> {
            throw failure;
        };
    }

    private List<List<NormalisedIdentifier>> batches(List<NormalisedIdentifier> identifiers) {
        List<List<NormalisedIdentifier>> batches = new ArrayList<>();
        for (int from = 0; from < identifiers.size(); from += batchSize) {
            int to = Math.min(identifiers.size(), from + batchSize);
            batches.add(List.copyOf(identifiers.subList(from, to)));
        }
        return batches;
    }

    private Report blind(
            long epoch,
            PartnerKeys publicKeys,
            VoprfEvaluator own,
            List<NormalisedIdentifier> identifiers) {
        TokenBatch batch = arithmetic.blind(epoch, publicKeys, own, identifiers);
        return () -> questions.ask(batch);
    }

    private void reply(String evaluator, byte[] bytes) throws AgentException {
        if (!(Codecs.EVALUATION_REPLY.decode(bytes) instanceof Decoded.Ok<EvaluationReply> ok)) {
            refused(evaluator, ReplyRefusal.UNDECODABLE);
            return;
        }
        EvaluationReply reply = ok.record();
        Optional<AskedEvaluator> matching = questions.find(evaluator, reply.requestId());
        if (matching.isEmpty()) {
            // A request sent twice is answered twice: nothing to worry anybody with.
            LOG.debug("reply of {} ignored: {}", evaluator, ReplyRefusal.UNKNOWN_REQUEST);
            return;
        }
        AskedEvaluator question = matching.get();
        Optional<ReplyRefusal> refusal =
                rules.refusal(reply, question.request(), question.evaluator());
        if (refusal.isPresent()) {
            refused(evaluator, refusal.get());
            return;
        }
        switch (reply.status()) {
            case OK -> {
                question.judge();
                work(() -> judge(question, reply));
            }
            case NOT_READY -> {
                LOG.warn("{} is not ready for epoch {}; asked again", evaluator, reply.epoch());
                question.renewLater();
            }
            case EVICTED -> question.renewNow(System.nanoTime());
            case WRONG_EPOCH, QUOTA_EXCEEDED, MALFORMED ->
                    throw AgentException.unavailable(
                            null,
                            "partner %s refuses to evaluate for epoch %d: %s",
                            evaluator,
                            reply.epoch(),
                            reply.status());
        }
    }

    private Report judge(AskedEvaluator question, EvaluationReply reply) {
        TokenBatch batch = question.batch();
        Judged judged = arithmetic.judge(batch, question.partnerIndex(), reply);
        if (judged instanceof Judged.Wrong wrong) {
            return () -> wrongEvaluation(question, wrong.reason());
        }
        return () -> {
            questions.answered(question);
            batch.verified(question.partnerIndex(), ((Judged.Verified) judged).evaluation());
            if (batch.isComplete()) {
                work(() -> combine(batch));
            }
        };
    }

    /** Signed by the partner itself, so nobody else is to blame. */
    private void wrongEvaluation(AskedEvaluator question, ReplyRefusal reason)
            throws AgentException {
        String evaluator = question.evaluator().name();
        refused(evaluator, reason);
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

    private static void refused(String evaluator, ReplyRefusal reason) {
        LOG.warn("reply of {} refused: {}", evaluator, reason);
    }

    private void work(Supplier<Report> work) {
        workers.execute(
                () -> {
                    try {
                        reports.put(outcome(work));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static Report outcome(Supplier<Report> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return () -> {
                throw new IllegalStateException("a step of the exchange failed", e);
            };
        }
    }
}
