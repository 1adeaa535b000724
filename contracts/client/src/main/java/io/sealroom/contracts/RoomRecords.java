package io.sealroom.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a room has on record, as far as an offer is compared with it. */
interface RoomRecords {

    Optional<Word> releaseHash(Word query, long start) throws IOException;

    Optional<Word> totalsHash(long start, long end) throws IOException;

    /** The conflicts of a query and window; those of long ago may be missing. */
    List<RoomEvent> conflicts(Word query, long start) throws IOException;

    /** That a query and window is withheld; missing if it was long ago. */
    List<RoomEvent> withheld(Word query, long start) throws IOException;

    /** The conflicting totals of a window; those of long ago may be missing. */
    List<RoomEvent> totalsConflicts(long start, long end) throws IOException;
}
