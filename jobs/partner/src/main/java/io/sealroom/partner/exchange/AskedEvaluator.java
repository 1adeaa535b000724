package io.sealroom.partner.exchange;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.record.EvaluationRequest;

/** One batch at one remote evaluator, until its answer is verified. For one thread. */
final class AskedEvaluator {

    private static final long FIRST_JUMP = 1024;
    private static final int JUMP_BITS_STEP = 4;
    private static final int JUMP_BITS_MAX = 38;

    private final TokenBatch batch;
    private final int partnerIndex;
    private final Partner evaluator;
    private EvaluationRequest request;
    private int attempts;
    private int wrongProofs;
    private int evictions;
    private long dueNanos;
    private boolean renew;
    private boolean judging;

    /**
     * @param request as sent
     */
    AskedEvaluator(
            TokenBatch batch, int partnerIndex, Partner evaluator, EvaluationRequest request) {
        this.batch = batch;
        this.partnerIndex = partnerIndex;
        this.evaluator = evaluator;
        this.request = request;
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

    /** The same elements under a new id: the old id's answer is of no use. */
    void replace(EvaluationRequest newRequest) {
        request = newRequest;
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

    /** How often its id was too old, this time included. */
    int evicted() {
        evictions++;
        return evictions;
    }

    /**
     * Ids to leave out at the next renewal: the evaluator does not say how far ahead it is, so
     * every eviction leaps sixteen times as far as the last. Eleven reach nine years.
     */
    long jump() {
        return evictions == 0
                ? 0
                : FIRST_JUMP << Math.min((evictions - 1) * JUMP_BITS_STEP, JUMP_BITS_MAX);
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
