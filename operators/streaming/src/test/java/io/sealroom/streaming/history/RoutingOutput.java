package io.sealroom.streaming.history;

import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Where an operator's output goes, at once.
 *
 * @param main its records
 * @param tag the side output it has, if it has one
 * @param side records of the side output
 * @param marks its watermarks
 */
record RoutingOutput<OUT>(
        Consumer<Object> main,
        @Nullable OutputTag<?> tag,
        Consumer<Object> side,
        Consumer<Watermark> marks)
        implements Output<StreamRecord<OUT>> {

    @Override
    public void collect(StreamRecord<OUT> record) {
        main.accept(record.getValue());
    }

    @Override
    public <X> void collect(OutputTag<X> to, StreamRecord<X> record) {
        if (!to.equals(Objects.requireNonNull(tag, "a side output"))) {
            throw new IllegalStateException("the job takes no side output " + to.getId());
        }
        side.accept(record.getValue());
    }

    @Override
    public void emitWatermark(Watermark mark) {
        marks.accept(mark);
    }

    @Override
    public void emitWatermark(WatermarkEvent event) {
        throw new IllegalStateException("no stage has watermarks of another kind");
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        throw new IllegalStateException("no stage is ever idle");
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
        throw new IllegalStateException("nobody sends latency markers");
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
        throw new IllegalStateException("nobody sends record attributes");
    }

    @Override
    public void close() {}
}
