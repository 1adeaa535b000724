package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.ReplyStatus;

/** Which replies to one request no honest evaluator gives both. */
final class Contradiction {

    private Contradiction() {}

    /**
     * An evaluator writes down OK, QUOTA_EXCEEDED and MALFORMED before it answers, and repeats them
     * after a restart. The other statuses may come before or after any: keys arrive, clocks go on,
     * ids are forgotten. Two evaluations of one request have the same elements; their proofs
     * differ, since each has a nonce of its own.
     */
    static boolean between(EvaluationReply first, EvaluationReply second) {
        return first.request().equals(second.request())
                && isFinal(first.status())
                && isFinal(second.status())
                && (first.status() != second.status()
                        || !first.elements().equals(second.elements()));
    }

    private static boolean isFinal(ReplyStatus status) {
        return switch (status) {
            case OK, QUOTA_EXCEEDED, MALFORMED -> true;
            case NOT_READY, WRONG_EPOCH, EVICTED -> false;
        };
    }
}
