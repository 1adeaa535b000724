package io.sealroom.streaming.match;

import io.sealroom.privacy.attribution.SlotCap;
import io.sealroom.streaming.flow.Probe;
import java.nio.LongBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token of the epoch that is over, as the older slot of conversions in the epoch that runs: its
 * touches, and how many conversions have used it. Gone when no look-back reaches it any more, or
 * when its last touch has been forgotten: from then on every answer is empty, whatever the cap
 * says.
 */
final class OlderSlot {

    private final long end;
    private final SlotCap cap;
    private final TouchTrack touches;

    private OlderSlot(long end, SlotCap cap, TouchTrack touches) {
        this.end = end;
        this.cap = cap;
        this.touches = touches;
    }

    /** The slot that a token's touches become at the end of their epoch; null for an empty one. */
    static @Nullable OlderSlot of(MatchPlan plan, long epochEnd, TouchTrack touches) {
        long end = plan.olderSlotEnd(epochEnd);
        return touches.isEmpty() || end <= epochEnd
                ? null
                : new OlderSlot(end, new SlotCap(plan.attribution().admission()), touches);
    }

    /** Reads what {@link #write} gave. */
    static OlderSlot read(MatchPlan plan, long[] packed) {
        LongBuffer words = LongBuffer.wrap(packed);
        return new OlderSlot(
                words.get(),
                SlotCap.read(plan.attribution().admission(), words),
                TouchTrack.read(plan.attribution(), words));
    }

    /** The {@link #end} of what {@link #write} gave. */
    static long end(long[] packed) {
        return packed[0];
    }

    /** Packed: end, used caps, touches; null once nothing can be asked of it. */
    long @Nullable [] write() {
        if (touches.isEmpty()) {
            return null;
        }
        LongBuffer words = LongBuffer.allocate(1 + cap.words() + touches.words());
        words.put(end);
        cap.write(words);
        touches.write(words);
        return words.array();
    }

    /** When it is forgotten at the latest: an end of a slice. */
    long end() {
        return end;
    }

    /**
     * Answers the conversions of one slice.
     *
     * @param probes in their order
     * @param sliceEnd end of the slice, exclusive
     */
    void answer(List<Probe> probes, long sliceEnd, MatchOutput out) {
        TouchTrack.Answers answers = touches.new Answers();
        for (Probe probe : probes) {
            long queries = cap.admit(probe.queries());
            if (queries != 0) {
                out.answer(probe.of(queries), answers.at(probe.time(), queries));
            }
        }
        touches.retain(sliceEnd);
    }

    /** Without the content: it is about one token. */
    @Override
    public String toString() {
        return "OlderSlot[until " + end + "]";
    }
}
