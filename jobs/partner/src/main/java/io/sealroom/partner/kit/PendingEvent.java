package io.sealroom.partner.kit;

import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.exchange.PartnerRefusesException;
import io.sealroom.partner.tokens.EpochEndedException;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.ReplyStatus;
import io.sealroom.schemas.record.Token;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event until it is settled. Only the buffer, under its lock, counts repeats; only the
 * writer's thread has to do with tokens.
 */
final class PendingEvent {

    private final CheckedEvent event;
    private final int partition;
    private final CompletableFuture<SendOutcome> result = new CompletableFuture<>();
    private List<CompletableFuture<Token>> tokens = List.of();
    private int repeats;

    PendingEvent(CheckedEvent event, int partition) {
        this.event = event;
        this.partition = partition;
    }

    CheckedEvent event() {
        return event;
    }

    EventId id() {
        return event.eventId();
    }

    long time() {
        return event.eventTime();
    }

    int partition() {
        return partition;
    }

    CompletableFuture<SendOutcome> result() {
        return result;
    }

    /** The same id again, while this one is not settled: its outcome follows from this one's. */
    CompletableFuture<SendOutcome> repeat() {
        repeats++;
        return result.thenApply(
                outcome ->
                        outcome instanceof SendOutcome.Sent
                                ? new SendOutcome.AlreadySent()
                                : outcome);
    }

    int repeats() {
        return repeats;
    }

    /**
     * @param answered runs when there is an answer for each of the tokens, on whatever thread
     */
    void asked(List<CompletableFuture<Token>> askedTokens, Runnable answered) {
        tokens = List.copyOf(askedTokens);
        CompletableFuture<Void> unused =
                CompletableFuture.allOf(tokens.toArray(new CompletableFuture<?>[0]))
                        .whenComplete((done, failed) -> answered.run());
    }

    /** Once answered: the tokens, slot 0 first. */
    List<Token> tokens() {
        return tokens.stream().map(CompletableFuture::join).toList();
    }

    /** Once answered: why there is a token that is not there; null if all are. */
    @Nullable Throwable tokenFailure() {
        Throwable found = null;
        for (CompletableFuture<Token> token : tokens) {
            Throwable failure = token.handle((value, failed) -> failed).join();
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
            if (found == null || isForGood(cause)) {
                found = cause;
            }
        }
        return found;
    }

    /**
     * Whether a token does not come however often it is asked for: the own quota is used up, or the
     * epoch is over. Any other refusal is the evaluator's fault, who could have events thrown away
     * with it; they wait instead, as they do for one that is away.
     */
    static boolean isForGood(@Nullable Throwable tokenFailure) {
        return tokenFailure instanceof EpochEndedException
                || (tokenFailure instanceof PartnerRefusesException refuses
                        && refuses.status() == ReplyStatus.QUOTA_EXCEEDED);
    }
}
