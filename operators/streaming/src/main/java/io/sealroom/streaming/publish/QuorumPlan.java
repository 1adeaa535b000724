package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who signs which queries of which windows, as the policy has it. */
final class QuorumPlan {

    private final long startMillis;
    private final long endMillis;
    private final int quorum;
    private final List<Node> nodes;

    /** By window length: ids of the queries, in policy order. */
    private final Map<Long, List<Bytes32>> queries;

    QuorumPlan(Policy policy) {
        this.startMillis = policy.startMillis();
        this.endMillis = policy.endMillis();
        this.quorum = policy.quorum();
        this.nodes = policy.nodes();
        this.queries =
                policy.windowLengths().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Function.identity(), length -> queries(policy, length)));
    }

    private static List<Bytes32> queries(Policy policy, long length) {
        return policy.queries().stream()
                .filter(query -> query.windowMillis() == length)
                .map(Query::id)
                .toList();
    }

    /** Ids of the queries that have this window, in policy order; none if the room has it not. */
    List<Bytes32> queries(WindowBounds window) {
        // No overflow: a start in the room is not negative.
        if (window.start() < startMillis || window.end() > endMillis) {
            return List.of();
        }
        long length = window.end() - window.start();
        List<Bytes32> found = queries.getOrDefault(length, List.of());
        return !found.isEmpty() && window.start() % length == 0 ? found : List.of();
    }

    /** Distinct nodes that a list needs. */
    int quorum() {
        return quorum;
    }

    Address address(int node) {
        return nodes.get(node).address();
    }

    String name(int node) {
        return nodes.get(node).name();
    }

    /** Position of the node with this address, if it is one. */
    OptionalInt node(Address address) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).address().equals(address)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * How many nodes offer the window before this one does: nodes take turns, window by window.
     *
     * @param window one that {@link #queries} knows
     */
    int rank(int node, WindowBounds window) {
        long number = window.start() / (window.end() - window.start());
        return Math.floorMod(node - number, nodes.size());
    }
}
