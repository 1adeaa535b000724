package io.sealroom.benchmarks;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TokenKey;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * The events of a day, by number in order of time: a view or click, and every tenth a conversion,
 * of one of so many people. A number's event is always the same.
 *
 * @param start of the day, epoch milliseconds
 * @param events of the day
 * @param people who have them
 * @param cells of exposures
 */
record QueriesEvents(long start, long events, int people, int cells)
        implements MapFunction<Long, AdmittedEvent> {

    private static final long serialVersionUID = 1;
    private static final long DAY = 86_400_000;
    private static final int ONE_CONVERTS_IN = 10;

    @Override
    public AdmittedEvent map(Long number) {
        long dice = mixed(number);
        boolean conversion = Math.floorMod(dice, ONE_CONVERTS_IN) == 0;
        long person = Math.floorMod(mixed(dice), people);
        boolean click = Math.floorMod(mixed(dice + 1), ONE_CONVERTS_IN) == 0;
        return new AdmittedEvent(
                conversion ? 1 : 0,
                new TokenKey(0, mixed(person), person, 0, 0),
                new EventId(dice, number),
                conversion ? EventKind.CONVERSION : click ? EventKind.CLICK : EventKind.VIEW,
                start + number * DAY / events,
                conversion ? -1 : (int) Math.floorMod(mixed(dice + 2), (long) cells),
                conversion ? Math.floorMod(mixed(dice + 3), 100_000L) : 0,
                new Bytes32(dice, number, 0, 0));
    }

    /** Spreads numbers as SplitMix64 does. */
    private static long mixed(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A watermark at the end of each slice. */
    static final class Slices implements WatermarkGenerator<AdmittedEvent> {

        private final long sliceMillis;
        private long sealed;

        Slices(long sliceMillis) {
            this.sliceMillis = sliceMillis;
        }

        @Override
        public void onEvent(AdmittedEvent event, long timestamp, WatermarkOutput output) {
            long slice = Math.floorDiv(event.time(), sliceMillis) * sliceMillis;
            if (slice > sealed) {
                sealed = slice;
                output.emitWatermark(new Watermark(slice - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
