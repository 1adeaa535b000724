package io.sealroom.partner.ceremony;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is counted of the ceremony, and of what becomes of its keys. */
public final class CeremonyMetrics {

    private final Gauge complete;
    private final Gauge oldestEpoch;
    private final Gauge lastEpoch;
    private final Counter chainFailures;
    private final Counter erasureFailures;

    public CeremonyMetrics(PrometheusRegistry registry) {
        complete =
                Gauge.builder()
                        .name("sealroom_agent_ceremony_complete")
                        .help("1 once all partners' keys are on chain and hold; before: 0")
                        .register(registry);
        oldestEpoch =
                Gauge.builder()
                        .name("sealroom_agent_oprf_oldest_epoch")
                        .help("Oldest epoch whose key share this partner still has")
                        .register(registry);
        lastEpoch =
                Gauge.builder()
                        .name("sealroom_agent_oprf_last_epoch")
                        .help("Last epoch that is evaluated, by the time at which the room closes")
                        .register(registry);
        chainFailures =
                Counter.builder()
                        .name("sealroom_agent_chain_failures_total")
                        .help("Questions that the chain endpoint did not answer")
                        .register(registry);
        erasureFailures =
                Counter.builder()
                        .name("sealroom_agent_seed_erasure_failures_total")
                        .help("Attempts to erase passed seeds that the seed file did not take")
                        .register(registry);
    }

    public void complete(boolean value) {
        complete.set(value ? 1 : 0);
    }

    public void oldestEpoch(long epoch) {
        oldestEpoch.set((double) epoch);
    }

    public void lastEpoch(long epoch) {
        lastEpoch.set((double) epoch);
    }

    public void chainFailed() {
        chainFailures.inc();
    }

    public void erasureFailed() {
        erasureFailures.inc();
    }
}
