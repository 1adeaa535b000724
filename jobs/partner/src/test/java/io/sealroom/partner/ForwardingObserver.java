package io.sealroom.partner;

import io.sealroom.partner.metrics.AgentState;
import java.net.URI;

/** Passes everything on. */
class ForwardingObserver implements RunObserver {

    private final RunObserver next;

    ForwardingObserver(RunObserver next) {
        this.next = next;
    }

    @Override
    public void waits(String what) {
        next.waits(what);
    }

    @Override
    public void metricsServed(URI uri) {
        next.metricsServed(uri);
    }

    @Override
    public void state(AgentState state) {
        next.state(state);
    }

    @Override
    public void rejected(String reason) {
        next.rejected(reason);
    }

    @Override
    public void tokenised(long done, long total) {
        next.tokenised(done, total);
    }

    @Override
    public void eventsCommitted(long from, long to) {
        next.eventsCommitted(from, to);
    }

    @Override
    public void sealsStored(long from, long to) {
        next.sealsStored(from, to);
    }

    @Override
    public void sealSent(int partition, long to) {
        next.sealSent(partition, to);
    }

    @Override
    public void sealed(long done, long total) {
        next.sealed(done, total);
    }

    @Override
    public void done(long sent, long alreadyThere, long rejected) {
        next.done(sent, alreadyThere, rejected);
    }
}
