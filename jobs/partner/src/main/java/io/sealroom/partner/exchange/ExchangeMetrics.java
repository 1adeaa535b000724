package io.sealroom.partner.exchange;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.Map;

/** What an agent counts of the exchange. Labels are partner names, reasons and states only. */
final class ExchangeMetrics {

    private static final String PARTNER = "partner";
    private static final String REQUESTER = "requester";

    private final PrometheusRegistry registry;
    private final Counter requestsSent;
    private final Counter repliesAccepted;
    private final Counter repliesRefused;
    private final Counter requestsReceived;
    private final Counter requestsDropped;
    private final Counter requestsRefused;
    private final Counter elementsEvaluated;
    private final Counter evidenceKept;
    private final Counter evidenceCountedOnly;

    /**
     * @param registry without an exchange so far
     */
    ExchangeMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        requestsSent = counter("requests_sent", "Requests sent, repetitions included", PARTNER);
        repliesAccepted = counter("replies_accepted", "Replies whose proof held", PARTNER);
        repliesRefused = counter("refused_replies", "Replies not used", PARTNER, "reason");
        requestsReceived = counter("requests_received", "Signed requests read", REQUESTER);
        requestsDropped = counter("dropped_requests", "Requests left without a reply", "reason");
        requestsRefused =
                counter("refused_requests", "Requests answered by a refusal", REQUESTER, "status");
        elementsEvaluated =
                counter("elements_evaluated", "Elements evaluated, repetitions too", REQUESTER);
        evidenceKept = counter("evidence_kept", "Evidence files written", PARTNER, "reason");
        evidenceCountedOnly =
                counter("evidence_counted_only", "Evidence beyond the bound of files", PARTNER);
    }

    /** Shows who is waited for, from now on. */
    void watch(WaitingPartners waiting) {
        gauge("waiting_requests", "Unanswered requests", PARTNER)
                .callback(
                        gauge ->
                                waiting.partners()
                                        .forEach(name -> gauge.call(waiting.requests(name), name)))
                .register(registry);
        gauge("waiting_seconds", "Age of the oldest unanswered request", PARTNER)
                .callback(
                        gauge ->
                                waiting.partners()
                                        .forEach(name -> gauge.call(waiting.seconds(name), name)))
                .register(registry);
    }

    /**
     * Shows how much of their quota requesters have had here, from now on.
     *
     * @param ledgers by requester
     */
    void watch(Map<String, QuotaLedger> ledgers) {
        gauge("quota_used_elements", "Elements charged in this epoch", REQUESTER)
                .callback(
                        gauge ->
                                ledgers.forEach(
                                        (name, ledger) -> gauge.call((double) ledger.used(), name)))
                .register(registry);
        gauge("quota_remaining_elements", "Elements left in this epoch", REQUESTER)
                .callback(
                        gauge ->
                                ledgers.forEach(
                                        (name, ledger) ->
                                                gauge.call((double) ledger.remaining(), name)))
                .register(registry);
    }

    void requestSent(String partner) {
        requestsSent.labelValues(partner).inc();
    }

    void replyAccepted(String partner) {
        repliesAccepted.labelValues(partner).inc();
    }

    void replyRefused(String partner, ReplyRefusal reason) {
        repliesRefused.labelValues(partner, reason.name()).inc();
    }

    void requestReceived(String requester) {
        requestsReceived.labelValues(requester).inc();
    }

    void requestDropped(RequestRefusal reason) {
        requestsDropped.labelValues(reason.name()).inc();
    }

    void requestRefused(String requester, ReplyStatus status) {
        requestsRefused.labelValues(requester, status.name()).inc();
    }

    void evaluated(String requester, int elements) {
        elementsEvaluated.labelValues(requester).inc(elements);
    }

    void evidenceKept(String accused, EvidenceReason reason) {
        evidenceKept.labelValues(accused, reason.name()).inc();
    }

    void evidenceCountedOnly(String accused) {
        evidenceCountedOnly.labelValues(accused).inc();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("sealroom_agent_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    private static GaugeWithCallback.Builder gauge(String name, String help, String label) {
        return GaugeWithCallback.builder()
                .name("sealroom_agent_" + name)
                .help(help)
                .labelNames(label);
    }
}
