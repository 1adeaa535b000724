package io.sealroom.streaming.release;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.streaming.flow.Verdict;
import java.nio.LongBuffer;

/**
 * What the verdicts of one partition say about one window so far: the slices they cover, and the
 * verdict that ends last. It is the same for any order of arrival. In the order of the stream the
 * slices are one stretch; out of it there are gaps for a while, so its size is bounded by half the
 * slices of the window.
 *
 * <p>A window that can no more be released is remembered as that and nothing else.
 *
 * @param covered stretches of covered slices: start, end, start, end, strictly rising, epoch
 *     milliseconds
 * @param flawed whether slices came twice, or with a seal that crosses an end of the window
 * @param broken whether the partition was re-anchored within the window
 * @param count records before the seal that ends last
 * @param head chain head before that seal
 * @param seal that seal's record, if it is partition 0's and closes the window; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // Flink serialises arrays as they are; never compared.
public record PartitionCover(
        long[] covered, boolean flawed, boolean broken, long count, Bytes32 head, byte[] seal) {

    private static final byte[] NO_SEAL = {};
    private static final long[] NOTHING = {};

    /** Before the first verdict. */
    static final PartitionCover NONE = of(false, false);

    private static final PartitionCover FLAWED = of(true, false);
    private static final PartitionCover BROKEN = of(false, true);

    private static PartitionCover of(boolean flawed, boolean broken) {
        return new PartitionCover(NOTHING, flawed, broken, 0, Bytes32.ZERO, NO_SEAL);
    }

    /**
     * With one more verdict that touches the window.
     *
     * @param windowStart start of the window
     * @param windowEnd end of the window, exclusive
     */
    PartitionCover with(Verdict verdict, long windowStart, long windowEnd) {
        // Only a re-anchoring seal may cross an end of a window, and then the window is lost.
        if (broken || verdict.reanchor()) {
            return BROKEN;
        }
        if (flawed || verdict.from() < windowStart || verdict.to() > windowEnd) {
            return FLAWED;
        }
        int behind = 0;
        while (behind < covered.length && covered[behind] < verdict.from()) {
            behind += 2;
        }
        boolean isLast = behind == covered.length;
        boolean overlaps =
                (behind > 0 && covered[behind - 1] > verdict.from())
                        || (!isLast && covered[behind] < verdict.to());
        if (overlaps || verdict.from() >= verdict.to()) {
            return FLAWED;
        }
        return new PartitionCover(
                insert(verdict.from(), verdict.to(), behind),
                false,
                false,
                isLast ? verdict.count() : count,
                isLast ? verdict.head() : head,
                isLast ? verdict.seal() : seal);
    }

    /** The stretches and one more, before the one at {@code at}; those that touch become one. */
    private long[] insert(long from, long to, int at) {
        boolean joinsBefore = at > 0 && covered[at - 1] == from;
        boolean joinsAfter = at < covered.length && covered[at] == to;
        int before = joinsBefore ? at - 1 : at;
        int after = joinsAfter ? at + 1 : at;
        int bounds = (joinsBefore ? 0 : 1) + (joinsAfter ? 0 : 1);
        LongBuffer stretches = LongBuffer.allocate(before + bounds + covered.length - after);
        stretches.put(covered, 0, before);
        if (!joinsBefore) {
            stretches.put(from);
        }
        if (!joinsAfter) {
            stretches.put(to);
        }
        return stretches.put(covered, after, covered.length - after).array();
    }

    /** Whether the verdicts cover the whole window, [start, end), each slice once. */
    boolean closes(long windowStart, long windowEnd) {
        return covered.length == 2 && covered[0] == windowStart && covered[1] == windowEnd;
    }

    ChainHead chainHead() {
        return new ChainHead(count, head);
    }

    /** Without the seal. */
    @Override
    public String toString() {
        return "PartitionCover["
                + covered.length / 2
                + " stretches"
                + (flawed ? ", flawed" : "")
                + (broken ? ", broken]" : "]");
    }
}
