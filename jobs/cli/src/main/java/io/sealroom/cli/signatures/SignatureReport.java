package io.sealroom.cli.signatures;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes of a room signed, window by window. Only verified signatures count. */
final class SignatureReport implements Printable {

    private final Policy policy;
    private final RoomIdentity identity;
    private final Map<Key, SignedWindow> windows = new HashMap<>();
    private long refused;

    SignatureReport(Policy policy, RoomIdentity identity) {
        this.policy = policy;
        this.identity = identity;
    }

    private record Key(Bytes32 query, long start, long end) {}

    /** Takes a record in; one that no node of the policy signed is counted as refused. */
    void add(SignedReleases signed) {
        Optional<Node> node =
                Secp256k1.recover(signed.digest(identity), signed.signature().toBytes())
                        .flatMap(
                                address ->
                                        policy.nodes().stream()
                                                .filter(n -> n.address().equals(address))
                                                .findFirst());
        if (node.isEmpty()) {
            refuse();
            return;
        }
        for (ReleaseEntry entry : signed.releases()) {
            windows.computeIfAbsent(
                            new Key(entry.query(), signed.start(), signed.end()),
                            key ->
                                    new SignedWindow(
                                            name(key.query()),
                                            key.start(),
                                            key.end(),
                                            policy.quorum()))
                    .add(node.get().name(), entry.releaseHash());
        }
    }

    /** Counts a record that says nothing. */
    void refuse() {
        refused++;
    }

    private String name(Bytes32 query) {
        return policy.queries().stream()
                .filter(known -> known.id().equals(query))
                .map(Query::name)
                .findFirst()
                .orElseGet(query::toHex);
    }

    /** Whether nobody contradicts anybody, and every record was a node's. */
    boolean agreed() {
        return refused == 0 && windows.values().stream().allMatch(SignedWindow::agreed);
    }

    /** By time, then in policy order. */
    private List<SignedWindow> ordered() {
        List<String> queries = policy.queries().stream().map(Query::name).toList();
        return windows.values().stream()
                .sorted(
                        Comparator.comparingLong(SignedWindow::start)
                                .thenComparingLong(SignedWindow::end)
                                .thenComparingInt(window -> queries.indexOf(window.query())))
                .toList();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        long disagreements = 0;
        for (SignedWindow window : ordered()) {
            disagreements += window.agreed() ? 0 : 1;
            String what =
                    String.format(
                            "%s/%s %s",
                            Instant.ofEpochMilli(window.start()),
                            Instant.ofEpochMilli(window.end()),
                            window.query());
            window.nodesByHash()
                    .forEach(
                            (hash, nodes) ->
                                    lines.add(
                                            String.format(
                                                    "%s: %s signed by %s%s",
                                                    what,
                                                    hash.toHex(),
                                                    String.join(", ", nodes),
                                                    nodes.size() >= policy.quorum()
                                                            ? ", a quorum"
                                                            : "")));
            addTo(lines, what, window);
        }
        lines.add(
                String.format(
                        "%d windows of queries, %d with different hashes, %d records that no node"
                                + " signed",
                        windows.size(), disagreements, refused));
        return lines;
    }

    private static void addTo(List<String> lines, String what, SignedWindow window) {
        for (String node : window.equivocating()) {
            lines.add(
                    String.format(
                            "%s: %s EQUIVOCATES: it signed %s",
                            what, node, texts(window.hashesOf(node), " and ")));
        }
        for (String node : window.disagreeing()) {
            lines.add(
                    String.format(
                            "%s: %s DISAGREES: it signed %s, the quorum %s",
                            what,
                            node,
                            texts(window.hashesOf(node), " and "),
                            window.ofQuorum().map(Bytes32::toHex).orElse("nothing")));
        }
        if (!window.agreed() && window.ofQuorum().isEmpty()) {
            lines.add(String.format("%s: DIFFERENT hashes, and none has a quorum", what));
        }
    }

    private static String texts(List<Bytes32> hashes, String separator) {
        return String.join(separator, hashes.stream().map(Bytes32::toHex).toList());
    }

    @Override
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("agreed", agreed());
        ArrayNode array = root.putArray("windows");
        for (SignedWindow window : ordered()) {
            ObjectNode node =
                    array.addObject()
                            .put("query", window.query())
                            .put("start", Instant.ofEpochMilli(window.start()).toString())
                            .put("end", Instant.ofEpochMilli(window.end()).toString())
                            .put("agreed", window.agreed())
                            .put("quorum", window.ofQuorum().map(Bytes32::toHex).orElse(null));
            ArrayNode hashes = node.putArray("hashes");
            window.nodesByHash()
                    .forEach(
                            (hash, nodes) ->
                                    nodes.forEach(
                                            hashes.addObject()
                                                            .put("hash", hash.toHex())
                                                            .putArray("nodes")
                                                    ::add));
            window.equivocating().forEach(node.putArray("equivocating")::add);
            window.disagreeing().forEach(node.putArray("disagreeing")::add);
        }
        return root.put("refused", refused);
    }
}
