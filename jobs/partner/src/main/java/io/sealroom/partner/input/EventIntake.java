package io.sealroom.partner.input;

import io.sealroom.partner.csv.CsvColumn;
import io.sealroom.partner.csv.CsvRejectReason;
import io.sealroom.partner.csv.RawRow;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.metrics.AgentMetrics;
import io.sealroom.partner.metrics.InputOutcome;
import io.sealroom.schemas.hash.Bytes;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Takes one JSON text at a time and settles it: in the room's Kafka, or in the rejects. */
final class EventIntake {

    private final EventSink sink;
    private final RejectLog rejects;
    private final AgentMetrics metrics;
    private final InFlight inFlight = new InFlight();
    private final CompletableFuture<AgentException> failure = new CompletableFuture<>();

    EventIntake(EventSink sink, RejectLog rejects, AgentMetrics metrics) {
        this.sink = sink;
        this.rejects = rejects;
        this.metrics = metrics;
    }

    /**
     * @param place names it in the rejects
     * @param bytes null if there are too many of them
     * @param settled runs when the text need never be read again, and only then
     */
    void take(String place, @Nullable Bytes bytes, Runnable settled) throws InterruptedException {
        inFlight.begin();
        metrics.inFlight(inFlight.count());
        CompletableFuture<Void> settling;
        try {
            settling = settle(place, bytes);
        } catch (InterruptedException | RuntimeException e) {
            end();
            throw e;
        }
        CompletableFuture<Void> unused =
                settling.whenComplete(
                        (done, failed) -> {
                            if (failed == null) {
                                settled.run();
                            } else {
                                failure.complete(cause(failed));
                            }
                            end();
                        });
    }

    private void end() {
        inFlight.end();
        metrics.inFlight(inFlight.count());
    }

    private CompletableFuture<Void> settle(String place, @Nullable Bytes bytes)
            throws InterruptedException {
        if (bytes == null) {
            return reject(place, "", CsvRejectReason.LINE_TOO_LONG.name());
        }
        JsonEvent event = JsonEventRules.read(bytes.toBytes());
        if (event instanceof JsonEvent.Broken broken) {
            return reject(place, name(broken.column()), broken.reason().name());
        }
        RawRow row = RawRow.of(((JsonEvent.Fields) event).texts());
        if (row instanceof RawRow.Unread unread) {
            return reject(place, name(unread.column()), unread.reason().name());
        }
        RawEvent read = ((RawRow.Read) row).event();
        return sink.send(read).thenCompose(outcome -> settle(place, outcome));
    }

    private CompletableFuture<Void> settle(String place, SendOutcome outcome) {
        if (outcome instanceof SendOutcome.Rejected rejected) {
            return reject(place, name(rejected.field()), rejected.reason().name());
        }
        metrics.input(
                outcome instanceof SendOutcome.Sent ? InputOutcome.SENT : InputOutcome.ALREADY_SENT,
                1);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> reject(String place, String field, String reason) {
        try {
            rejects.add(place, field, reason);
            metrics.rejected(reason);
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(RejectLog.failed(e));
        }
    }

    private static String name(@Nullable CsvColumn column) {
        return column == null ? "" : column.jsonName();
    }

    private static String name(EventField field) {
        return switch (field) {
            case EVENT_ID -> CsvColumn.EVENT_ID.jsonName();
            case IDENTIFIER -> CsvColumn.IDENTIFIER.jsonName();
            case EVENT_TIME -> CsvColumn.TIMESTAMP.jsonName();
            case CELL -> CsvColumn.CELL.jsonName();
            case VALUE -> CsvColumn.VALUE.jsonName();
        };
    }

    private static AgentException cause(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null
                        ? failed.getCause()
                        : failed;
        return cause instanceof AgentException agent
                ? agent
                : AgentException.unavailable(cause, "events can no longer be sent: %s", cause);
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** Completes with the first reason why something could not be settled. */
    CompletableFuture<AgentException> failure() {
        return failure;
    }

    /**
     * @throws AgentException if something could not be settled
     */
    void requireNoFailure() throws AgentException {
        AgentException first = failure.getNow(null);
        if (first != null) {
            throw first;
        }
    }
}
