package io.sealroom.partner;

import io.sealroom.partner.metrics.AgentState;
import java.net.URI;

/** Tells two observers, one after the other. */
record ObserverPair(RunObserver first, RunObserver second) implements RunObserver {

    @Override
    public void waits(String what) {
        first.waits(what);
        second.waits(what);
    }

    @Override
    public void metricsServed(URI uri) {
        first.metricsServed(uri);
        second.metricsServed(uri);
    }

    @Override
    public void state(AgentState state) {
        first.state(state);
        second.state(state);
    }

    @Override
    public void tokenised(long done, long total) {
        first.tokenised(done, total);
        second.tokenised(done, total);
    }

    @Override
    public void eventsCommitted(long from, long to) {
        first.eventsCommitted(from, to);
        second.eventsCommitted(from, to);
    }

    @Override
    public void sealsStored(long from, long to) {
        first.sealsStored(from, to);
        second.sealsStored(from, to);
    }

    @Override
    public void sealSent(int partition, long to) {
        first.sealSent(partition, to);
        second.sealSent(partition, to);
    }

    @Override
    public void sealed(long done, long total) {
        first.sealed(done, total);
        second.sealed(done, total);
    }

    @Override
    public void rejected(String reason) {
        first.rejected(reason);
        second.rejected(reason);
    }

    @Override
    public void done(long sent, long alreadyThere, long rejected) {
        first.done(sent, alreadyThere, rejected);
        second.done(sent, alreadyThere, rejected);
    }
}
