package io.sealroom.partner.input;

import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.kit.SendOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Remembers what it gets, and answers what the test says, at once or when it is told to. */
final class ScriptedSink implements EventSink {

    private final List<RawEvent> events = new ArrayList<>();
    private final List<CompletableFuture<SendOutcome>> futures = new ArrayList<>();
    private final Function<RawEvent, CompletableFuture<SendOutcome>> script;

    ScriptedSink(Function<RawEvent, CompletableFuture<SendOutcome>> script) {
        this.script = script;
    }

    /** Acknowledges everything at once. */
    static ScriptedSink acknowledging() {
        return new ScriptedSink(
                event -> CompletableFuture.completedFuture(new SendOutcome.Sent(0, 0)));
    }

    /** Answers when {@link #answer} is called. */
    static ScriptedSink waiting() {
        return new ScriptedSink(event -> new CompletableFuture<>());
    }

    @Override
    public synchronized CompletableFuture<SendOutcome> send(RawEvent event) {
        events.add(event);
        CompletableFuture<SendOutcome> future = script.apply(event);
        futures.add(future);
        return future;
    }

    synchronized List<String> eventIds() {
        return events.stream().map(RawEvent::eventId).toList();
    }

    synchronized List<RawEvent> events() {
        return List.copyOf(events);
    }

    void answer(int index, SendOutcome outcome) {
        future(index).complete(outcome);
    }

    void fail(int index, Throwable failure) {
        future(index).completeExceptionally(failure);
    }

    private synchronized CompletableFuture<SendOutcome> future(int index) {
        return futures.get(index);
    }
}
