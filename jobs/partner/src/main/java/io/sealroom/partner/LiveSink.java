package io.sealroom.partner;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.input.EventSink;
import io.sealroom.partner.session.PartnerSession;
import java.util.concurrent.CompletableFuture;

/** Sends the events of a live room, and seals its slices until it is closed. */
interface LiveSink extends EventSink, AutoCloseable {

    /** Makes one. */
    interface Factory {

        /**
         * @throws AgentException if the own topic is not as the last run left it
         */
        LiveSink open(PartnerSession session) throws AgentException, InterruptedException;
    }

    /** Completes if it can neither send nor seal any more. */
    CompletableFuture<AgentException> failure();

    @Override
    void close() throws AgentException;
}
