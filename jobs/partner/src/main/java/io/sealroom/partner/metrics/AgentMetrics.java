package io.sealroom.partner.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Metrics of an agent as a whole. Labels are states, outcomes and reasons of closed lists. */
public final class AgentMetrics {

    private final Gauge state;
    private final Gauge tokens;
    private final Gauge tokensWanted;
    private final Gauge slicesSealed;
    private final Gauge slices;
    private final Counter events;
    private final Counter rejects;
    private final Gauge inFlight;

    /**
     * @param registry of this agent
     * @param version of this build
     */
    public AgentMetrics(PrometheusRegistry registry, String version) {
        state = gauge("state", "1 for what the agent is doing, 0 for everything else", "state");
        tokens = gauge("tokens", "Tokens of the own file so far");
        tokensWanted = gauge("tokens_wanted", "Distinct identifiers of the own file");
        slicesSealed = gauge("slices_sealed", "Slices sealed in every partition");
        slices = gauge("slices", "Slices of the room");
        events =
                Counter.builder()
                        .name("sealroom_agent_input_events_total")
                        .help("Events of the input by what became of them")
                        .labelNames("outcome")
                        .build();
        rejects =
                Counter.builder()
                        .name("sealroom_agent_input_rejects_total")
                        .help("Lines or records of the input that became no event")
                        .labelNames("reason")
                        .build();
        inFlight = gauge("input_in_flight", "Events taken from the input and not acknowledged");
        Info build =
                Info.builder()
                        .name("sealroom_agent_build_info")
                        .help("The running version")
                        .labelNames("version")
                        .build();
        build.setLabelValues(version);
        for (Gauge gauge : new Gauge[] {state, tokens, tokensWanted, slicesSealed, slices}) {
            registry.register(gauge);
        }
        registry.register(events);
        registry.register(rejects);
        registry.register(inFlight);
        registry.register(build);
        state(AgentState.STARTING);
        for (InputOutcome outcome : InputOutcome.values()) {
            // From the first scrape on: a counter that appears with its first event has no rate.
            events.initLabelValues(outcome.label());
        }
    }

    private static Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name("sealroom_agent_" + name).help(help).labelNames(labels).build();
    }

    public void state(AgentState current) {
        for (AgentState each : AgentState.values()) {
            state.labelValues(each.label()).set(each == current ? 1 : 0);
        }
    }

    /** Tokens so far, of those that the own file needs. */
    public void tokenised(long done, long total) {
        tokens.set((double) done);
        tokensWanted.set((double) total);
    }

    /** Slices sealed in every partition, of those of the room. */
    public void sealed(long done, long total) {
        slicesSealed.set((double) done);
        slices.set((double) total);
    }

    public void input(InputOutcome outcome, long count) {
        events.labelValues(outcome.label()).inc((double) count);
    }

    /** One line or record of the input became no event. */
    public void rejected(String reason) {
        rejects.labelValues(reason).inc();
        events.labelValues(InputOutcome.REJECTED.label()).inc();
    }

    public void inFlight(long count) {
        inFlight.set((double) count);
    }
}
