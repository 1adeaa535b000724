package io.sealroom.partner.kit;

import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.tokens.LiveTokenSource;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the tokens of events, and asks again where they failed for another reason than that a
 * partner refuses under its signature, or that their epoch is over. Used by the writer's thread.
 */
final class TokenAsking {

    private static final Logger LOG = LoggerFactory.getLogger(TokenAsking.class);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LiveTokenSource source;
    private final EventEncoder encoder;
    private final EventBuffer buffer;
    private List<PendingEvent> again = new ArrayList<>();
    private long againSince;
    private int waiting;

    TokenAsking(LiveTokenSource source, EventEncoder encoder, EventBuffer buffer) {
        this.source = source;
        this.encoder = encoder;
        this.buffer = buffer;
    }

    void ask(List<PendingEvent> events) {
        events.forEach(this::ask);
    }

    private void ask(PendingEvent event) {
        List<CompletableFuture<Token>> tokens =
                encoder.tokenEpochs(event.event()).stream()
                        .map(epoch -> source.token(epoch, event.event().identifier()))
                        .toList();
        waiting++;
        event.asked(tokens, () -> buffer.answered(event));
    }

    /** Those that failed a while ago are asked for again. */
    void askAgain() {
        if (!again.isEmpty() && System.nanoTime() - againSince > AGAIN_NANOS) {
            List<PendingEvent> events = again;
            again = new ArrayList<>();
            ask(events);
        }
    }

    /**
     * What the answer was: the tokens, slot 0 first; nothing if there are none, and the event was
     * settled or will be asked for again.
     */
    @Nullable List<Token> answer(PendingEvent event, SendOutcome ifRefused) {
        waiting--;
        Throwable failure = event.tokenFailure();
        if (failure == null) {
            return event.tokens();
        }
        if (PendingEvent.isForGood(failure)) {
            buffer.settle(event, ifRefused);
            return null;
        }
        // Whatever else it is may pass, or end this process: rejected, the event would be lost.
        if (again.isEmpty()) {
            // The message could be about the identifier: its class says enough.
            LOG.warn("tokens are asked for again: {}", failure.getClass().getName());
            againSince = System.nanoTime();
        }
        again.add(event);
        return null;
    }

    /** Events whose tokens have been asked for and are not there. */
    int waiting() {
        return waiting + again.size();
    }
}
