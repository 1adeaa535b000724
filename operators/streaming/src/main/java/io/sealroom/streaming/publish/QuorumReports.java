package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports each node once for each query of a window, of each kind. */
final class QuorumReports {

    private final List<Bytes32> queries;
    private final QuorumAlarms alarms;
    private final Map<Integer, Long> disagreeing;
    private final Map<Integer, Long> equivocating;

    /**
     * @param queries the window's
     * @param memory who was reported before
     */
    QuorumReports(List<Bytes32> queries, WindowMemory memory, QuorumAlarms alarms) {
        this.queries = queries;
        this.alarms = alarms;
        this.disagreeing = new HashMap<>(memory.disagreeing());
        this.equivocating = new HashMap<>(memory.equivocating());
    }

    void disagrees(int node, Bytes32 query, Bytes32 expected, Bytes32 signed) {
        if (isFirst(disagreeing, node, query)) {
            alarms.disagrees(node, query, expected, signed);
        }
    }

    void equivocates(int node, Bytes32 query, Bytes32 first, Bytes32 second) {
        if (isFirst(equivocating, node, query)) {
            alarms.equivocates(node, query, first, second);
        }
    }

    Map<Integer, Long> disagreeing() {
        return Map.copyOf(disagreeing);
    }

    Map<Integer, Long> equivocating() {
        return Map.copyOf(equivocating);
    }

    private boolean isFirst(Map<Integer, Long> reported, int node, Bytes32 query) {
        long bit = 1L << queries.indexOf(query);
        long before = reported.getOrDefault(node, 0L);
        reported.put(node, before | bit);
        return (before & bit) == 0;
    }
}
