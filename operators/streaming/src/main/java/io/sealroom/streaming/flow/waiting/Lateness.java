package io.sealroom.streaming.flow.waiting;

import org.apache.flink.streaming.api.TimerService;

/** Lateness is decided at the source; whatever comes late at a stage is a fault of the job. */
public final class Lateness {

    private Lateness() {}

    /**
     * A record of a slice comes before the watermark reaches the slice's end.
     *
     * @param what names the record, with its article
     * @param partner position of its partner in the policy
     * @param sliceEnd end of its slice, exclusive
     * @throws IllegalStateException if it is late
     */
    public static void refuse(String what, int partner, long sliceEnd, TimerService timers) {
        if (sliceEnd - 1 <= timers.currentWatermark()) {
            throw new IllegalStateException(
                    String.format(
                            "%s of partner %d arrived after the end of its slice, at watermark %d:"
                                    + " lateness is decided at the source, so a stage between held"
                                    + " it back",
                            what, partner, timers.currentWatermark()));
        }
    }
}
