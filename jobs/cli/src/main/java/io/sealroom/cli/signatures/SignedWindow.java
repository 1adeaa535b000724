package io.sealroom.cli.signatures;

import io.sealroom.schemas.hash.Bytes32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes signed which hash for a query and window. */
final class SignedWindow {

    private final String query;
    private final long start;
    private final long end;
    private final int quorum;
    private final Map<Bytes32, Set<String>> nodesByHash = new LinkedHashMap<>();

    SignedWindow(String query, long start, long end, int quorum) {
        this.query = query;
        this.start = start;
        this.end = end;
        this.quorum = quorum;
    }

    void add(String node, Bytes32 hash) {
        nodesByHash.computeIfAbsent(hash, unused -> new TreeSet<>()).add(node);
    }

    String query() {
        return query;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    /** In the order in which they were first signed. */
    Map<Bytes32, Set<String>> nodesByHash() {
        return nodesByHash;
    }

    boolean agreed() {
        return nodesByHash.size() == 1;
    }

    /** The hash that a quorum signed; there can be one only, unless nodes equivocate. */
    Optional<Bytes32> ofQuorum() {
        return nodesByHash.entrySet().stream()
                .filter(hash -> hash.getValue().size() >= quorum)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Hashes that a node signed. */
    List<Bytes32> hashesOf(String node) {
        return nodesByHash.entrySet().stream()
                .filter(hash -> hash.getValue().contains(node))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Set<String> nodes() {
        Set<String> nodes = new TreeSet<>();
        nodesByHash.values().forEach(nodes::addAll);
        return nodes;
    }

    /** Nodes that signed more than one hash. */
    List<String> equivocating() {
        return nodes().stream().filter(node -> hashesOf(node).size() > 1).toList();
    }

    /** Nodes that signed something else than the quorum, and nothing with it. */
    List<String> disagreeing() {
        List<String> disagreeing = new ArrayList<>();
        ofQuorum()
                .ifPresent(
                        hash ->
                                nodes().stream()
                                        .filter(node -> !hashesOf(node).contains(hash))
                                        .forEach(disagreeing::add));
        return disagreeing;
    }
}
