package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.ReplyStatus;

/**
 * What follows from a refusal under a partner's signature: the question is asked again, now or
 * later, or the run ends.
 */
final class SignedRefusals {

    private final ExchangeParts parts;

    SignedRefusals(ExchangeParts parts) {
        this.parts = parts;
    }

    /**
     * @param status not OK
     */
    void handle(AskedEvaluator question, ReplyStatus status) throws PartnerRefusesException {
        switch (status) {
            case NOT_READY -> defer(question, status);
            case EVICTED -> evicted(question);
            case WRONG_EPOCH -> wrongEpoch(question);
            case QUOTA_EXCEEDED -> throw quotaExceeded(question);
            case OK, MALFORMED -> throw refuses(question, status);
        }
    }

    private void defer(AskedEvaluator question, ReplyStatus status) {
        parts.waiting().deferred(question.evaluator().name(), status);
        question.renewLater();
    }

    private void evicted(AskedEvaluator question) {
        // One may come of a reply lost long ago; the next says that the own ids are too low.
        if (question.evicted() == 1) {
            parts.waiting().answered(question.evaluator().name());
            question.renewNow(System.nanoTime());
        } else {
            defer(question, ReplyStatus.EVICTED);
        }
    }

    /** At the boundary of two epochs clocks may differ: fatal only where no clock explains it. */
    private void wrongEpoch(AskedEvaluator question) throws PartnerRefusesException {
        if (!parts.epochs().mayBeAllowed(question.batch().epoch())) {
            throw refuses(question, ReplyStatus.WRONG_EPOCH);
        }
        defer(question, ReplyStatus.WRONG_EPOCH);
    }

    private PartnerRefusesException quotaExceeded(AskedEvaluator question) {
        String evaluator = question.evaluator().name();
        return new PartnerRefusesException(
                evaluator,
                ReplyStatus.QUOTA_EXCEEDED,
                String.format(
                        "partner %s refuses to evaluate for epoch %d: QUOTA_EXCEEDED; it evaluates"
                                + " %d elements an epoch for each partner, padding included, and"
                                + " the next epoch begins at %s",
                        evaluator,
                        question.batch().epoch(),
                        parts.member().policy().quota(),
                        parts.epochs().nextEpochBegins()));
    }

    private static PartnerRefusesException refuses(AskedEvaluator question, ReplyStatus status) {
        return new PartnerRefusesException(
                question.evaluator().name(),
                status,
                String.format(
                        "partner %s refuses to evaluate for epoch %d: %s",
                        question.evaluator().name(), question.batch().epoch(), status));
    }
}
