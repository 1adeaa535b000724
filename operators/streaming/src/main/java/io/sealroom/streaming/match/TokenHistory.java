package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Probe;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of one token between two slices of an epoch. A token's events of another
 * epoch, which only a partner that repeats tokens sends, find an empty history.
 */
final class TokenHistory {

    private static final int HEADER_WORDS = 1;

    private final MatchPlan plan;
    private final List<OverlapTrack> overlaps = new ArrayList<>();
    private TouchTrack touches;

    /** Null where the admit stage decides on conversions. */
    private final @Nullable ConversionTrack conversions;

    /** End of the last slice that was worked on. */
    private long through = Long.MIN_VALUE;

    private TokenHistory(MatchPlan plan, long epoch) {
        this.plan = plan;
        this.touches = new TouchTrack(plan.attribution());
        this.conversions = plan.looksBack() ? null : new ConversionTrack(plan, epoch);
    }

    /** Before the slice that ends at {@code sliceEnd}. */
    static TokenHistory empty(MatchPlan plan, long sliceEnd) {
        TokenHistory history = new TokenHistory(plan, plan.epochOf(sliceEnd - 1));
        plan.overlaps().forEach(rows -> history.overlaps.add(new OverlapTrack(rows)));
        return history;
    }

    /** Reads what {@link #write} gave; the stage's stamp says that it is of this layout. */
    static TokenHistory read(MatchPlan plan, long[] packed) {
        LongBuffer words = LongBuffer.wrap(packed);
        long through = words.get();
        TokenHistory history = new TokenHistory(plan, plan.epochOf(through - 1));
        history.through = through;
        plan.overlaps().forEach(rows -> history.overlaps.add(OverlapTrack.read(rows, words)));
        if (history.conversions != null) {
            history.conversions.readCaps(words);
        }
        history.touches = TouchTrack.read(plan.attribution(), words);
        if (history.conversions != null) {
            history.conversions.readRest(words);
        }
        return history;
    }

    /** Packed: end of the last slice, overlap queries in order, used caps, touches, conversions. */
    long[] write() {
        int size = HEADER_WORDS + touches.words();
        for (OverlapTrack track : overlaps) {
            size += track.words();
        }
        size += conversions == null ? 0 : conversions.words();
        LongBuffer words = LongBuffer.allocate(size);
        words.put(through);
        overlaps.forEach(track -> track.write(words));
        if (conversions != null) {
            conversions.writeCaps(words);
        }
        touches.write(words);
        if (conversions != null) {
            conversions.writeRest(words);
        }
        return words.array();
    }

    /**
     * Works on a slice that is over.
     *
     * @param events all events of the slice
     * @param probes of conversions that have this token as their own; one at least of both
     * @param sliceEnd end of the slice, exclusive
     * @throws IllegalStateException if a slice that is not earlier has been worked on
     */
    void slice(List<AdmittedEvent> events, List<Probe> probes, long sliceEnd, MatchOutput out) {
        if (sliceEnd <= through) {
            throw new IllegalStateException(
                    String.format(
                            "a slice ending at %d came after the one ending at %d",
                            sliceEnd, through));
        }
        through = sliceEnd;
        for (OverlapTrack track : overlaps) {
            events.forEach(event -> track.see(event.partner(), event.time(), event.cell()));
            probes.forEach(probe -> track.see(probe.partner(), probe.time(), OverlapRows.NONE));
        }
        // Touches first: one of the same slice may be older than a conversion.
        touches.add(events, plan, out);
        if (conversions != null) {
            conversions.slice(events, touches, out);
        }
        answer(probes, out);
        touches.retain(sliceEnd);
    }

    private void answer(List<Probe> probes, MatchOutput out) {
        if (probes.isEmpty()) {
            return;
        }
        TouchTrack.Answers answers = touches.new Answers();
        for (Probe probe : probes) {
            // Without touches too: the attribute stage learns of the conversion from this one.
            if (probe.queries() != 0) {
                out.answer(probe, answers.at(probe.time(), probe.queries()));
            }
        }
    }

    /** Closes the windows that end at {@code now}. */
    void closeWindows(long now, MatchOutput out) {
        for (OverlapTrack track : overlaps) {
            track.close(now, plan, out);
        }
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

    /**
     * What is left of it at its {@link #end} for conversions of the next epoch; null for nothing.
     */
    @Nullable OlderSlot olderSlot() {
        if (!plan.looksBack()) {
            return null;
        }
        touches.retain(end());
        return OlderSlot.of(plan, end(), touches);
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "TokenHistory[through " + through + "]";
    }
}
