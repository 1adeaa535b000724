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

/** Logs of a room to events; of events that it does not know, nothing. */
final class EventDecoder {

    private static final Map<String, BiFunction<ChainEvent.Position, Log, RoomEvent>> BY_TOPIC =
            Map.ofEntries(
                    Map.entry(topic(Room.OPENED_EVENT), EventDecoder::opened),
                    Map.entry(topic(Room.APPROVED_EVENT), EventDecoder::approved),
                    Map.entry(topic(Room.KEYSREVEALED_EVENT), EventDecoder::keysRevealed),
                    Map.entry(
                            topic(Room.ACTIVATED_EVENT), (at, log) -> new RoomEvent.Activated(at)),
                    Map.entry(topic(Room.LEFT_EVENT), EventDecoder::left),
                    Map.entry(topic(Room.TOTALSCOMMITTED_EVENT), EventDecoder::totalsCommitted),
                    Map.entry(topic(Room.TOTALSCONFLICT_EVENT), EventDecoder::totalsConflict),
                    Map.entry(
                            topic(Room.TOTALSEQUIVOCATION_EVENT), EventDecoder::totalsEquivocation),
                    Map.entry(
                            topic(Room.RELEASEEQUIVOCATION_EVENT),
                            EventDecoder::releaseEquivocation),
                    Map.entry(topic(Room.PUBLISHED_EVENT), EventDecoder::published),
                    Map.entry(topic(Room.WITHHELD_EVENT), EventDecoder::withheld),
                    Map.entry(topic(Room.CONFLICT_EVENT), EventDecoder::conflict));

    private EventDecoder() {}

    /** First topic of the logs of an event. */
    static String topic(Event event) {
        return EventEncoder.encode(event);
    }

    /**
     * Nothing also where a number is beyond its Java type: the contract gives times only within a
     * room, and one event that nobody needs must not hide all that come after it.
     */
    static Optional<RoomEvent> decode(Log log) {
        if (log.getTopics().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(BY_TOPIC.get(log.getTopics().get(0)))
                    .map(decoder -> decoder.apply(position(log), log));
        } catch (ArithmeticException beyondItsType) {
            return Optional.empty();
        }
    }

    static ChainEvent.Position position(Log log) {
        return new ChainEvent.Position(
                log.getBlockNumber().longValueExact(),
                Word.fromHex(log.getBlockHash()),
                Word.fromHex(log.getTransactionHash()),
                log.getLogIndex().intValueExact());
    }

    private static RoomEvent opened(ChainEvent.Position at, Log log) {
        Room.OpenedEventResponse event = Room.getOpenedEventFromLog(log);
        return new RoomEvent.Opened(
                at,
                Word.of(event.policyHash),
                Word.of(event.configurationHash),
                AbiTypes.configuration(event.configuration));
    }

    private static RoomEvent approved(ChainEvent.Position at, Log log) {
        Room.ApprovedEventResponse event = Room.getApprovedEventFromLog(log);
        return new RoomEvent.Approved(
                at,
                Word.of(event.partner),
                Word.of(event.keys),
                event.approvals.intValueExact(),
                event.partners.intValueExact());
    }

    private static RoomEvent keysRevealed(ChainEvent.Position at, Log log) {
        Room.KeysRevealedEventResponse event = Room.getKeysRevealedEventFromLog(log);
        return new RoomEvent.KeysRevealed(
                at,
                Word.of(event.partner),
                event.keys.stream()
                        .map(key -> new EpochKey(Word.of(key.x), Word.of(key.y)))
                        .toList());
    }

    private static RoomEvent left(ChainEvent.Position at, Log log) {
        Room.LeftEventResponse event = Room.getLeftEventFromLog(log);
        return new RoomEvent.Left(
                at, Word.of(event.partner), number(event.epoch), number(event.closesAt));
    }

    private static RoomEvent totalsCommitted(ChainEvent.Position at, Log log) {
        Room.TotalsCommittedEventResponse event = Room.getTotalsCommittedEventFromLog(log);
        return new RoomEvent.TotalsCommitted(
                at, number(event.start), number(event.end), AbiTypes.words(event.commitments));
    }

    private static RoomEvent totalsConflict(ChainEvent.Position at, Log log) {
        Room.TotalsConflictEventResponse event = Room.getTotalsConflictEventFromLog(log);
        return new RoomEvent.TotalsConflict(
                at,
                number(event.start),
                number(event.end),
                Word.of(event.stored),
                AbiTypes.words(event.offered));
    }

    private static RoomEvent totalsEquivocation(ChainEvent.Position at, Log log) {
        Room.TotalsEquivocationEventResponse event = Room.getTotalsEquivocationEventFromLog(log);
        return new RoomEvent.TotalsEquivocation(
                at,
                Word.of(event.partner),
                number(event.start),
                number(event.end),
                Word.of(event.first),
                Word.of(event.second));
    }

    private static RoomEvent releaseEquivocation(ChainEvent.Position at, Log log) {
        Room.ReleaseEquivocationEventResponse event = Room.getReleaseEquivocationEventFromLog(log);
        return new RoomEvent.ReleaseEquivocation(
                at,
                new Account(event.node),
                Word.of(event.query),
                number(event.start),
                number(event.end),
                Word.of(event.first),
                Word.of(event.second));
    }

    private static RoomEvent published(ChainEvent.Position at, Log log) {
        Room.PublishedEventResponse event = Room.getPublishedEventFromLog(log);
        return new RoomEvent.Published(
                at,
                Word.of(event.query),
                number(event.start),
                number(event.end),
                Word.of(event.releaseHash),
                Word.of(event.root),
                event.rowCount.intValueExact(),
                event.signers);
    }

    private static RoomEvent withheld(ChainEvent.Position at, Log log) {
        Room.WithheldEventResponse event = Room.getWithheldEventFromLog(log);
        return new RoomEvent.Withheld(
                at,
                Word.of(event.query),
                number(event.start),
                number(event.end),
                Word.of(event.offered),
                Word.of(event.dataset),
                event.signers);
    }

    private static RoomEvent conflict(ChainEvent.Position at, Log log) {
        Room.ConflictEventResponse event = Room.getConflictEventFromLog(log);
        Word stored = Word.of(event.stored);
        return new RoomEvent.Conflict(
                at,
                Word.of(event.query),
                number(event.start),
                number(event.end),
                stored.isZero() ? Optional.empty() : Optional.of(stored),
                Word.of(event.offered),
                event.signers);
    }

    static long number(BigInteger value) {
        return value.longValueExact();
    }

    /**
     * What somebody else chose for a data set of his own, up to 2^64 - 1: beyond a long it is as
     * good as without end, and must not end a reader of other data sets.
     */
    static long amount(BigInteger value) {
        return value.bitLength() < Long.SIZE ? value.longValueExact() : Long.MAX_VALUE;
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
