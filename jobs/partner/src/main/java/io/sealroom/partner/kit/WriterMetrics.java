package io.sealroom.partner.kit;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.schemas.policy.Policy;

/** What a producer shows of itself. Nothing here is about one event. */
final class WriterMetrics implements AutoCloseable {

    private static final String PREFIX = "sealroom_agent_writer_";
    private static final double MILLIS = 1000;

    private final PrometheusRegistry registry;
    private final Counter sent;
    private final Counter alreadySent;
    private final Counter rejected;
    private final Counter transactions;
    private final Gauge unsettled;
    private final Gauge waitingForTokens;
    private final Gauge sealedUntil;
    private final Gauge sealLag;
    private final Gauge alarm;

    WriterMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        sent = counter("events_sent", "Events committed to the own topic.");
        alreadySent = counter("events_already_sent", "Events whose id was committed before.");
        rejected =
                Counter.builder()
                        .name(PREFIX + "events_rejected")
                        .help("Events that were not sent and never will be, by reason.")
                        .labelNames("reason")
                        .register(registry);
        for (EventRejectReason reason : EventRejectReason.values()) {
            rejected.initLabelValues(reason.name());
        }
        transactions = counter("transactions", "Committed transactions with events.");
        unsettled = gauge("events_unsettled", "Events accepted, and neither sent nor rejected.");
        waitingForTokens = gauge("events_waiting_for_tokens", "Events asked for, not answered.");
        sealedUntil = gauge("sealed_until_seconds", "End of the last seal, in Unix time.");
        sealLag = gauge("seal_lag_seconds", "How long the next seal has been due.");
        alarm = gauge("alarm", "1 if the own topic holds what this partner did not write.");
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(PREFIX + name).help(help).register(registry);
    }

    private Gauge gauge(String name, String help) {
        return Gauge.builder().name(PREFIX + name).help(help).register(registry);
    }

    void settled(SendOutcome outcome) {
        if (outcome instanceof SendOutcome.Sent) {
            sent.inc();
        } else if (outcome instanceof SendOutcome.AlreadySent) {
            alreadySent.inc();
        } else if (outcome instanceof SendOutcome.Rejected refusal) {
            rejected.labelValues(refusal.reason().name()).inc();
        }
    }

    void transaction() {
        transactions.inc();
    }

    void buffered(int events, int waiting) {
        unsettled.set(events);
        waitingForTokens.set(waiting);
    }

    /**
     * @param until end of the last seal
     * @param now by the wall clock
     */
    void sealed(long until, long now, Policy policy) {
        sealedUntil.set(until / MILLIS);
        long due = until + policy.sliceMillis() + policy.graceMillis();
        sealLag.set(until < policy.endMillis() ? Math.max(0, now - due) / MILLIS : 0);
    }

    void alarm() {
        alarm.set(1);
    }

    /** Another producer of this process may register its own. */
    @Override
    public void close() {
        registry.unregister(sent);
        registry.unregister(alreadySent);
        registry.unregister(rejected);
        registry.unregister(transactions);
        registry.unregister(unsettled);
        registry.unregister(waitingForTokens);
        registry.unregister(sealedUntil);
        registry.unregister(sealLag);
        registry.unregister(alarm);
    }
}
