package io.sealroom.partner.exchange;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts every refusal, and logs few: one line for each reason and minute. */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    private final ExchangeMetrics metrics;
    private final OncePerMinute lines;

    RefusalLog(ExchangeMetrics metrics, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.lines = new OncePerMinute(nanoTime);
    }

    /**
     * @param evaluator whose replies topic it stood on
     */
    void reply(String evaluator, ReplyRefusal reason) {
        metrics.replyRefused(evaluator, reason);
        // A request sent twice is answered twice: nothing to worry anybody with.
        if (reason != ReplyRefusal.UNKNOWN_REQUEST && lines.permits(reason)) {
            LOG.warn("reply of {} refused: {}", evaluator, reason);
        }
    }

    void request(String topic, long offset, RequestRefusal reason) {
        metrics.requestDropped(reason);
        if (lines.permits(reason)) {
            LOG.warn("request at offset {} of {} dropped: {}", offset, topic, reason);
        }
    }
}
