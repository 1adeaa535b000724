package io.sealroom.partner;

import io.sealroom.partner.exit.AgentException;
import java.util.concurrent.CompletableFuture;

/** What an agent does besides evaluating for the others. */
interface OwnWork extends AutoCloseable {

    /** Returns when the input is done, or the signal has ended it in good order. */
    void process(WorkParts parts) throws AgentException, InterruptedException;

    /** Completes if what goes on after {@link #process} fails. */
    CompletableFuture<AgentException> failure();

    /** Ends what goes on; a second time does nothing. */
    @Override
    void close() throws AgentException;
}
