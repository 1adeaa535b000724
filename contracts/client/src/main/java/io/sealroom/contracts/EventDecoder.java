package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/** Logs of the contract to events; of events that it does not know, nothing. */
final class EventDecoder {

    private static final Map<String, BiFunction<RoomEvent.Position, Log, RoomEvent>> BY_TOPIC =
            Map.of(
                    topic(Room.OPENED_EVENT), EventDecoder::opened,
                    topic(Room.APPROVED_EVENT), EventDecoder::approved,
                    topic(Room.TOTALSCOMMITTED_EVENT), EventDecoder::totalsCommitted,
                    topic(Room.TOTALSEQUIVOCATION_EVENT), EventDecoder::totalsEquivocation,
                    topic(Room.PUBLISHED_EVENT), EventDecoder::published,
                    topic(Room.CONFLICT_EVENT), EventDecoder::conflict);

    private EventDecoder() {}

    /** First topic of the logs of an event. */
    static String topic(Event event) {
        return EventEncoder.encode(event);
    }

    static Optional<RoomEvent> decode(Log log) {
        if (log.getTopics().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(BY_TOPIC.get(log.getTopics().get(0)))
                .map(decoder -> decoder.apply(position(log), log));
    }

    private static RoomEvent.Position position(Log log) {
        return new RoomEvent.Position(
                log.getBlockNumber().longValueExact(),
                Word.fromHex(log.getBlockHash()),
                Word.fromHex(log.getTransactionHash()),
                log.getLogIndex().intValueExact());
    }

    /** Topics only: the configuration in its data is for auditors, and nested. */
    private static RoomEvent opened(RoomEvent.Position at, Log log) {
        return new RoomEvent.Opened(
                at, Word.fromHex(log.getTopics().get(1)), Word.fromHex(log.getTopics().get(2)));
    }

    private static RoomEvent approved(RoomEvent.Position at, Log log) {
        Room.ApprovedEventResponse event = Room.getApprovedEventFromLog(log);
        return new RoomEvent.Approved(
                at,
                Word.of(event.partner),
                event.approvals.intValueExact(),
                event.partners.intValueExact());
    }

    private static RoomEvent totalsCommitted(RoomEvent.Position at, Log log) {
        Room.TotalsCommittedEventResponse event = Room.getTotalsCommittedEventFromLog(log);
        return new RoomEvent.TotalsCommitted(
                at,
                Word.of(event.partner),
                time(event.start),
                time(event.end),
                Word.of(event.commitment));
    }

    private static RoomEvent totalsEquivocation(RoomEvent.Position at, Log log) {
        Room.TotalsEquivocationEventResponse event = Room.getTotalsEquivocationEventFromLog(log);
        return new RoomEvent.TotalsEquivocation(
                at,
                Word.of(event.partner),
                time(event.start),
                time(event.end),
                Word.of(event.stored),
                Word.of(event.offered),
                Signature.of(event.signature));
    }

    private static RoomEvent published(RoomEvent.Position at, Log log) {
        Room.PublishedEventResponse event = Room.getPublishedEventFromLog(log);
        return new RoomEvent.Published(
                at,
                Word.of(event.query),
                time(event.start),
                time(event.end),
                Word.of(event.releaseHash),
                Word.of(event.root),
                event.rowCount.intValueExact(),
                event.signers);
    }

    private static RoomEvent conflict(RoomEvent.Position at, Log log) {
        Room.ConflictEventResponse event = Room.getConflictEventFromLog(log);
        Word stored = Word.of(event.stored);
        return new RoomEvent.Conflict(
                at,
                Word.of(event.query),
                time(event.start),
                time(event.end),
                stored.isZero() ? Optional.empty() : Optional.of(stored),
                Word.of(event.offered),
                event.signers);
    }

    private static long time(BigInteger millis) {
        return millis.longValueExact();
    }

    /** A word as a topic to filter by. */
    static String topic(Word word) {
        return word.toString();
    }

    /** A time as a topic to filter by. */
    static String topic(long millis) {
        return Numeric.toHexStringWithPrefixZeroPadded(BigInteger.valueOf(millis), 2 * Word.LENGTH);
    }
}
