package io.sealroom.streaming.publish;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The counters of {@link QuorumFunction}. */
final class QuorumMetrics {

    final Counter signed;
    final Counter offered;
    final Counter expired;
    final Counter pendingsDropped;
    final Counter signaturesDropped;
    final Counter disagreeing;
    final Counter equivocating;

    QuorumMetrics(MetricGroup group) {
        signed = group.counter("listsSigned");
        offered = group.counter("listsOffered");
        expired = group.counter("windowsExpired");
        pendingsDropped = group.counter("pendingsDropped");
        signaturesDropped = group.counter("signaturesDropped");
        disagreeing = group.counter("nodesDisagreeing");
        equivocating = group.counter("nodesEquivocating");
    }
}
