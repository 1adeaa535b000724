package io.sealroom.partner;

import io.sealroom.partner.metrics.AgentState;
import io.sealroom.partner.topic.SealObserver;
import java.net.URI;

/** Hears how far a run is, at the moment it happens, on the thread that does it. */
interface RunObserver extends SealObserver {

    /**
     * {@code waits for ...}: nothing goes on before that has come. Said when it is something new.
     */
    default void waits(String what) {}

    /** Metrics can be read there from now on. */
    default void metricsServed(URI uri) {}

    /** What the agent is doing from now on; tokenising and sealing have reports of their own. */
    default void state(AgentState state) {}

    /** Tokens so far, of the distinct identifiers of all epochs. */
    default void tokenised(long done, long total) {}

    /** Events of the step beginning at {@code from} are committed, and about to be sealed. */
    default void eventsCommitted(long from, long to) {}

    /** Slices sealed in every partition so far, of those of the room. */
    default void sealed(long done, long total) {}

    /** One line or record of the input became no event. */
    default void rejected(String reason) {}

    /**
     * The own file is done: so many events were sent now, so many found there, so many rejected.
     */
    default void done(long sent, long alreadyThere, long rejected) {}
}
