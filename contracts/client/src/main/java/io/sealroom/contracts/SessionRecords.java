package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.Event;

/** A room's records behind an endpoint. */
final class SessionRecords implements RoomRecords {

    /** What endpoints allow in one search. */
    private static final long SEARCH_BLOCKS = 5_000;

    private final RoomSession session;

    SessionRecords(RoomSession session) {
        this.session = session;
    }

    @Override
    public Optional<Word> releaseHash(Word query, long start) throws IOException {
        return session.ask(() -> session.reads().releaseHash(query, start));
    }

    @Override
    public Optional<Word> totalsHash(long start, long end) throws IOException {
        return session.ask(() -> session.reads().totalsHash(start, end));
    }

    @Override
    public List<RoomEvent> conflicts(Word query, long start) throws IOException {
        return search(Room.CONFLICT_EVENT, EventDecoder.topic(query), EventDecoder.topic(start));
    }

    @Override
    public List<RoomEvent> withheld(Word query, long start) throws IOException {
        return search(Room.WITHHELD_EVENT, EventDecoder.topic(query), EventDecoder.topic(start));
    }

    @Override
    public List<RoomEvent> totalsConflicts(long start, long end) throws IOException {
        return search(
                Room.TOTALSCONFLICT_EVENT, EventDecoder.topic(start), EventDecoder.topic(end));
    }

    /**
     * Back to the final block at least: until then an offer may come again, and must find its own
     * conflict.
     */
    private List<RoomEvent> search(Event event, String first, String second) throws IOException {
        List<String> topics = List.of(EventDecoder.topic(event), first, second);
        long head = session.headBlock();
        long from = Math.max(0, Math.min(head - SEARCH_BLOCKS, session.finalBlock()));
        return session.events(from, head, topics);
    }
}
