package io.sealroom.partner.input;

import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.kit.SendOutcome;
import java.util.concurrent.CompletableFuture;

/** Takes events as they come. Safe for use by several threads. */
public interface EventSink {

    /**
     * Takes an event; waits while too much is on its way.
     *
     * @return completes when the event is acknowledged or refused; fails if it can no longer become
     *     either, and was perhaps sent and perhaps not
     */
    CompletableFuture<SendOutcome> send(RawEvent event) throws InterruptedException;
}
