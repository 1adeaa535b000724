package io.sealroom.streaming.release;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.streaming.flow.Verdict;

/**
 * What the verdicts of one partition say about one window so far: the slices they cover from the
 * window's start on, without a gap, and the last of them. Verdicts of a partition come in order, so
 * this is all that has to be kept of them.
 *
 * @param covered end of the slices that are covered, epoch milliseconds
 * @param gap whether slices were left out or came twice
 * @param broken whether the partition was re-anchored within the window
 * @param count records before the last seal
 * @param head chain head before the last seal
 * @param seal the seal's record, if it is partition 0's and closes the window; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // Flink serialises byte[] as it is; never compared.
public record PartitionCover(
        long covered, boolean gap, boolean broken, long count, Bytes32 head, byte[] seal) {

    private static final byte[] NO_SEAL = {};

    /** Before the first verdict. */
    static PartitionCover none(long windowStart) {
        return new PartitionCover(windowStart, false, false, 0, Bytes32.ZERO, NO_SEAL);
    }

    /**
     * With one more verdict that touches the window.
     *
     * @param windowStart start of the window
     * @param windowEnd end of the window, exclusive
     */
    PartitionCover with(Verdict verdict, long windowStart, long windowEnd) {
        // Only a re-anchoring seal may cross an end of a window, and then the window is lost.
        boolean follows =
                verdict.reanchor()
                        ? Math.max(verdict.from(), windowStart) == covered
                        : verdict.from() == covered && verdict.to() <= windowEnd;
        return new PartitionCover(
                Math.min(verdict.to(), windowEnd),
                gap || !follows,
                broken || verdict.reanchor(),
                verdict.count(),
                verdict.head(),
                verdict.seal());
    }

    /** Whether the verdicts cover the whole window, [start, end), each slice once. */
    boolean closes(long windowEnd) {
        return !gap && covered == windowEnd;
    }

    ChainHead chainHead() {
        return new ChainHead(count, head);
    }

    /** Without the seal. */
    @Override
    public String toString() {
        return "PartitionCover[to " + covered + (gap ? ", gap" : "") + (broken ? ", broken]" : "]");
    }
}
