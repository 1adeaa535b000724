package io.sealroom.streaming.publish;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The counters of {@link ReleaseGate}. */
final class GateMetrics {

    final Counter released;
    final Counter withheld;
    final Counter repeats;
    final Counter differing;
    final Counter overdue;
    final Counter conflictEvents;
    final Counter conflictsDropped;

    GateMetrics(MetricGroup group) {
        released = group.counter("released");
        withheld = group.counter("withheld");
        repeats = group.counter("repeatsDropped");
        differing = group.counter("differingRepeats");
        overdue = group.counter("pendingOverdue");
        conflictEvents = group.counter("conflictEvents");
        conflictsDropped = group.counter("conflictsDropped");
    }
}
