package io.sealroom.partner;

import io.sealroom.partner.metrics.AgentMetrics;
import io.sealroom.partner.metrics.AgentState;
import io.sealroom.partner.metrics.InputOutcome;

/** From what a run tells to its metrics. */
final class MetricsObserver implements RunObserver {

    private final AgentMetrics metrics;

    MetricsObserver(AgentMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void waits(String what) {
        metrics.state(AgentState.WAITS_FOR_CEREMONY);
    }

    @Override
    public void state(AgentState state) {
        metrics.state(state);
    }

    @Override
    public void tokenised(long done, long total) {
        metrics.state(AgentState.TOKENISING);
        metrics.tokenised(done, total);
    }

    @Override
    public void sealed(long done, long total) {
        metrics.state(AgentState.SEALING);
        metrics.sealed(done, total);
    }

    @Override
    public void rejected(String reason) {
        metrics.rejected(reason);
    }

    @Override
    public void done(long sent, long alreadyThere, long rejected) {
        metrics.input(InputOutcome.SENT, sent);
        metrics.input(InputOutcome.ALREADY_SENT, alreadyThere);
    }
}
