package io.sealroom.partner.input;

import io.sealroom.partner.exit.AgentException;

/** Hands the events of an input without a beginning and an end to a sink, as they come. */
public interface EventFeed {

    /**
     * Returns when the input has ended and everything taken is settled, or after {@link #stop}.
     *
     * @throws AgentException if the input, the rejects or the sink fail
     */
    void run() throws AgentException;

    /**
     * Takes nothing more; {@link #run} returns when what is in flight is settled, or after a
     * bounded wait. From any thread, at any time, more than once.
     */
    void stop();
}
