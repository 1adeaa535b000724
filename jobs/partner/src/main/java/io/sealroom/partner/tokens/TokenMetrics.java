package io.sealroom.partner.tokens;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the token caches and live batches count. One for each registry. */
public final class TokenMetrics {

    private static final String NAME = "sealroom_agent_";

    private final Counter hits;
    private final Counter misses;
    private final Counter evictions;
    private final Counter torn;
    private final Counter refusedFrames;
    private final Counter diskFailures;
    private final Gauge waiting;
    private final Gauge batchesOut;
    private final Counter batches;
    private final Counter skipped;
    private final Counter failures;
    private final Counter queueFull;
    private final Counter expired;

    public TokenMetrics(PrometheusRegistry registry) {
        hits = counter(registry, "token_cache_hits", "Tokens found in a cache", "layer");
        misses = counter(registry, "token_cache_misses", "Tokens not found in a cache", "layer");
        evictions = counter(registry, "token_cache_evictions", "Tokens put out of a full cache");
        torn = counter(registry, "token_cache_torn_writes", "Unfinished writes cut off");
        refusedFrames =
                counter(registry, "token_cache_refused_frames", "Frames that were changed on disk");
        diskFailures =
                counter(registry, "token_cache_disk_failures", "Failures of the disk", "operation");
        waiting =
                Gauge.builder()
                        .name(NAME + "live_waiting")
                        .help("Identifiers that wait for their token")
                        .register(registry);
        batchesOut =
                Gauge.builder()
                        .name(NAME + "live_batches_out")
                        .help("Live batches that partners have not answered yet")
                        .register(registry);
        batches = counter(registry, "live_batches", "Live batches sent, padding and all");
        skipped = counter(registry, "live_skipped_ticks", "Ticks at which a batch was still out");
        failures = counter(registry, "live_failed_batches", "Live batches that failed", "kind");
        queueFull = counter(registry, "live_queue_full", "Identifiers refused by a full queue");
        expired = counter(registry, "live_expired", "Identifiers whose epoch ended as they waited");
    }

    private static Counter counter(
            PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder()
                .name(NAME + name + "_total")
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    void lookedUp(String layer, int found, int missing) {
        hits.labelValues(layer).inc(found);
        misses.labelValues(layer).inc(missing);
    }

    void evicted() {
        evictions.inc();
    }

    void torn() {
        torn.inc();
    }

    void refusedFrames(int frames) {
        refusedFrames.inc(frames);
    }

    /**
     * @param operation read, write or delete
     */
    void diskFailed(String operation) {
        diskFailures.labelValues(operation).inc();
    }

    void waiting(int identifiers) {
        waiting.set(identifiers);
    }

    void batchSent() {
        batches.inc();
        batchesOut.set(1);
    }

    void batchEnded() {
        batchesOut.set(0);
    }

    void skippedTicks(long ticks) {
        skipped.inc(ticks);
    }

    /**
     * @param kind how an agent would end with it, or fault
     */
    void batchFailed(String kind) {
        failures.labelValues(kind).inc();
    }

    void queueFull() {
        queueFull.inc();
    }

    void expired(int identifiers) {
        expired.inc(identifiers);
    }
}
