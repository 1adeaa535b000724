package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.AdmittedEvent;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is remembered of one token between two slices of an epoch. A token's events of another
 * epoch, which only a partner that repeats tokens sends, find an empty history.
 */
final class TokenHistory {

    private static final int HEADER_WORDS = 1;

    private final MatchPlan plan;
    private final List<OverlapTrack> overlaps;
    private final AttributionTrack attribution;

    /** End of the last slice that was worked on. */
    private long through;

    private TokenHistory(
            MatchPlan plan,
            List<OverlapTrack> overlaps,
            AttributionTrack attribution,
            long through) {
        this.plan = plan;
        this.overlaps = overlaps;
        this.attribution = attribution;
        this.through = through;
    }

    /** Before the slice that ends at {@code sliceEnd}. */
    static TokenHistory empty(MatchPlan plan, long sliceEnd) {
        return new TokenHistory(
                plan,
                plan.overlaps().stream().map(OverlapTrack::new).toList(),
                new AttributionTrack(plan.attribution(), plan.epochOf(sliceEnd - 1)),
                Long.MIN_VALUE);
    }

    /** Reads what {@link #write} gave; the stage's stamp says that it is of this layout. */
    static TokenHistory read(MatchPlan plan, long[] packed) {
        LongBuffer words = LongBuffer.wrap(packed);
        long through = words.get();
        List<OverlapTrack> overlaps = new ArrayList<>();
        for (OverlapRows rows : plan.overlaps()) {
            overlaps.add(OverlapTrack.read(rows, words));
        }
        return new TokenHistory(
                plan,
                overlaps,
                AttributionTrack.read(plan.attribution(), plan.epochOf(through - 1), words),
                through);
    }

    /** Packed: end of the last slice, overlap queries in order, attribution. */
    long[] write() {
        int size = HEADER_WORDS + attribution.words();
        for (OverlapTrack track : overlaps) {
            size += track.words();
        }
        LongBuffer words = LongBuffer.allocate(size);
        words.put(through);
        overlaps.forEach(track -> track.write(words));
        attribution.write(words);
        return words.array();
    }

    /**
     * Works on a slice that is over.
     *
     * @param events all events of the slice, one at least
     * @param sliceEnd end of the slice, exclusive
     * @throws IllegalStateException if a slice that is not earlier has been worked on
     */
    void slice(List<AdmittedEvent> events, long sliceEnd, MatchOutput out) {
        if (sliceEnd <= through) {
            throw new IllegalStateException(
                    String.format(
                            "a slice ending at %d came after the one ending at %d",
                            sliceEnd, through));
        }
        through = sliceEnd;
        for (AdmittedEvent event : events) {
            overlaps.forEach(track -> track.see(event));
        }
        attribution.slice(events, sliceEnd, plan.duplicates(), out);
    }

    /** Closes the windows that end at {@code now}. */
    void closeWindows(long now, MatchOutput out) {
        overlaps.forEach(track -> track.close(now, out));
    }

    /** When the history has to be looked at again: end of a window, or its own {@link #end}. */
    long next() {
        long next = end();
        for (OverlapTrack track : overlaps) {
            next = Math.min(next, track.windowEnd());
        }
        return next;
    }

    /** When the history is forgotten. */
    long end() {
        return plan.historyEnd(through - 1);
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "TokenHistory[through " + through + "]";
    }
}
