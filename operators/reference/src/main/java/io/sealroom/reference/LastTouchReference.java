package io.sealroom.reference;

import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Last touch of one identifier: the first C conversions of the epoch, each credited whole to its
 * newest touch.
 */
final class LastTouchReference {

    private static final long WHOLE_CONVERSION = 1_000_000;

    private final Policy policy;
    private final AttributionQuery query;
    private final BatchReference.Sink sink;

    LastTouchReference(Policy policy, AttributionQuery query, BatchReference.Sink sink) {
        this.policy = policy;
        this.query = query;
        this.sink = sink;
    }

    /** Adds the conversions of one identifier of one epoch. */
    void add(Collection<HistoryEvent> events) {
        List<HistoryEvent> touches =
                EventsCap.touches(
                        events.stream()
                                .filter(entry -> entry.event().kind().isExposure())
                                .filter(entry -> query.exposures().contains(entry.partner()))
                                .toList());
        events.stream()
                .filter(entry -> entry.event().kind() == EventKind.CONVERSION)
                .filter(entry -> entry.partner().equals(query.conversions()))
                .sorted(BatchReference.BY_TIME_THEN_ID)
                .limit(query.conversionsPerEpoch())
                .forEach(conversion -> credit(conversion, touches));
    }

    private void credit(HistoryEvent conversion, List<HistoryEvent> touches) {
        // Touches of two partners can share time and id; the larger cell, then a click, goes first.
        Comparator<HistoryEvent> order =
                BatchReference.BY_TIME_THEN_ID
                        .thenComparing(touch -> policy.cells().indexOf(touch.event().cell()))
                        .thenComparing(touch -> touch.event().kind() == EventKind.CLICK);
        if (query.clicksFirst()) {
            order =
                    Comparator.<HistoryEvent, Boolean>comparing(
                                    entry -> entry.event().kind() == EventKind.CLICK)
                            .thenComparing(order);
        }
        String cell =
                touches.stream()
                        .filter(touch -> eligible(conversion, touch))
                        .max(order)
                        .map(touch -> Objects.requireNonNull(touch.event().cell()))
                        .orElse(RowKey.UNATTRIBUTED);
        long time = conversion.event().eventTime();
        QueryWindow window = new QueryWindow(query.name(), query.windowStart(time));
        long value = Objects.requireNonNull(conversion.event().value());
        long clamped = Math.min(Math.max(value, 0), query.valueMax());
        for (RowKey row : query.rows(policy)) {
            if (row.label().equals(cell)) {
                sink.add(
                        window,
                        row.index(),
                        row.metric() == Metric.COUNT ? WHOLE_CONVERSION : clamped);
            }
        }
    }

    private boolean eligible(HistoryEvent conversion, HistoryEvent touch) {
        long age = conversion.event().eventTime() - touch.event().eventTime();
        boolean click = touch.event().kind() == EventKind.CLICK;
        long least = click ? query.clickMinAgeMillis() : query.viewMinAgeMillis();
        long most = click ? query.clickLookbackMillis() : query.viewLookbackMillis();
        return age > 0 && least <= age && age <= most;
    }
}
