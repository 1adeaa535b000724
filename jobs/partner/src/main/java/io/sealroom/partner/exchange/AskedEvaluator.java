package io.sealroom.partner.exchange;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationRequest;

/** One batch at one remote evaluator, until its answer is verified. For one thread. */
final class AskedEvaluator {

    private final TokenBatch batch;
    private final int partnerIndex;
    private final Partner evaluator;
    private EvaluationRequest request;
    private byte[] encoded;
    private int attempts;
    private int wrongProofs;
    private long dueNanos;
    private boolean renew;
    private boolean judging;

    AskedEvaluator(
            TokenBatch batch, int partnerIndex, Partner evaluator, EvaluationRequest request) {
        this.batch = batch;
        this.partnerIndex = partnerIndex;
        this.evaluator = evaluator;
        this.request = request;
        this.encoded = Codecs.EVALUATION_REQUEST.encode(request);
    }

    TokenBatch batch() {
        return batch;
    }

    int partnerIndex() {
        return partnerIndex;
    }

    Partner evaluator() {
        return evaluator;
    }

    EvaluationRequest request() {
        return request;
    }

    byte[] encoded() {
        return encoded;
    }

    /** The same elements under a new id: the old id's answer is of no use. */
    void replace(EvaluationRequest newRequest) {
        request = newRequest;
        encoded = Codecs.EVALUATION_REQUEST.encode(newRequest);
        renew = false;
    }

    void sent(long nowNanos, RetryTimes times) {
        attempts++;
        dueNanos = nowNanos + times.after(attempts).toNanos();
    }

    /** To be asked again under a new id, when the time for that has come. */
    void renewLater() {
        renew = true;
        judging = false;
    }

    void renewNow(long nowNanos) {
        renewLater();
        dueNanos = nowNanos;
    }

    /** How often its proof did not hold, this time included. */
    int wrongProof() {
        wrongProofs++;
        return wrongProofs;
    }

    /** A reply is being verified: neither another one nor a repetition is needed. */
    void judge() {
        judging = true;
    }

    boolean isJudging() {
        return judging;
    }

    boolean isRenewed() {
        return renew;
    }

    int attempts() {
        return attempts;
    }

    long dueNanos() {
        return dueNanos;
    }
}
