package io.sealroom.streaming.source;

import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.SourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts events per window of one hour and writes down, outside Flink, what it sees: "event",
 * "late" for an event at or below the watermark, "closed START COUNT" when a window's timer fires.
 */
final class WindowProbe extends KeyedProcessFunction<Long, SourceRecord, String> {

    private static final long serialVersionUID = 1;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Map<String, List<String>> SEEN = new ConcurrentHashMap<>();

    private final String probe;
    private transient ValueState<Long> count;

    @SuppressWarnings("NullAway.Init") // State handles are set in open.
    WindowProbe(String probe) {
        this.probe = probe;
    }

    /** What the probe of this name has seen in all jobs so far. */
    static List<String> seen(String probe) {
        return SEEN.computeIfAbsent(probe, p -> new CopyOnWriteArrayList<>());
    }

    static long window(SourceRecord record) {
        return Objects.requireNonNull(record.event()).time() / HOUR * HOUR;
    }

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(SourceRecord record, Context context, Collector<String> out)
            throws Exception {
        AdmittedEvent event = Objects.requireNonNull(record.event());
        boolean late = event.time() <= context.timerService().currentWatermark();
        seen(probe).add(late ? "late" : "event");
        Long before = count.value();
        count.update(before == null ? 1 : before + 1);
        context.timerService().registerEventTimeTimer(context.getCurrentKey() + HOUR - 1);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
            throws Exception {
        seen(probe).add("closed " + context.getCurrentKey() + " " + count.value());
        count.clear();
    }
}
