package io.sealroom.cli.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Withheld;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of all supplying partners, and the node.
 *
 * @param policy of the room
 * @param partitions in policy order, then rising
 * @param node how far the node is
 */
record StatusReport(Policy policy, List<PartitionStatus> partitions, NodeStatus node)
        implements Printable {

    /** Whether nobody has to look at anything. */
    boolean calm() {
        return partitions.stream().noneMatch(partition -> partition.state().alarms());
    }

    /** Those that are behind all others: every window from there on waits for them. */
    List<PartitionStatus> holding() {
        long behind =
                partitions.stream()
                        .mapToLong(PartitionStatus::sealedUntil)
                        .min()
                        .orElse(policy.endMillis());
        return partitions.stream()
                .filter(
                        partition ->
                                partition.sealedUntil() == behind
                                        && partition.state() != PartitionState.ENDED)
                .toList();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        partitions.forEach(partition -> lines.add(line(partition)));
        List<PartitionStatus> holding = holding();
        if (holding.isEmpty()) {
            lines.add("every partition is sealed to the room's end");
        } else {
            lines.add(
                    String.format(
                            "windows that end after %s wait for %s",
                            time(holding.get(0).sealedUntil()),
                            String.join(", ", holding.stream().map(StatusReport::name).toList())));
        }
        lines.add(nodeLine());
        return lines;
    }

    private static String name(PartitionStatus partition) {
        return partition.partner() + "/" + partition.partition();
    }

    private static String line(PartitionStatus partition) {
        SealTrace standing = partition.standing();
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        "%s: %s, sealed until %s",
                        name(partition), partition.state(), time(partition.sealedUntil())));
        line.append(
                standing == null
                        ? " (no seal yet)"
                        : String.format(
                                " (offset %d, written %s)",
                                standing.offset(), time(standing.writtenAt())));
        line.append(String.format(", ends at offset %d", partition.records()));
        if (partition.since() != null) {
            line.append(String.format(", since %s", time(partition.since())));
        }
        PartitionStatus.Refusal refusal = partition.refusal();
        if (refusal != null) {
            line.append(
                    String.format(
                            ": seal at offset %d refused, %s",
                            refusal.seal().offset(), refusal.reason()));
        }
        return line.toString();
    }

    private String nodeLine() {
        Withheld withheld = node.withheld();
        return String.format(
                "%s: computed until %s, released until %s, %s",
                node.node(),
                node.computedUntil() == null ? "nothing yet" : time(node.computedUntil()),
                node.releasedUntil() == null ? "nothing yet" : time(node.releasedUntil()),
                withheld == null
                        ? "withheld nothing"
                        : String.format(
                                "last withheld %s %s/%s, %s%s",
                                withheld.query(),
                                time(withheld.start()),
                                time(withheld.end()),
                                withheld.reason(),
                                withheld.partner() == null ? "" : " of " + withheld.partner()));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    @Override
    public ObjectNode json() {
        ObjectNode root =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("room", policy.room())
                        .put("calm", calm());
        ArrayNode array = root.putArray("partitions");
        for (PartitionStatus partition : partitions) {
            SealTrace standing = partition.standing();
            ObjectNode json =
                    array.addObject()
                            .put("partner", partition.partner())
                            .put("partition", partition.partition())
                            .put("state", partition.state().name())
                            .put("sealedUntil", time(partition.sealedUntil()))
                            .put("endOffset", partition.records())
                            .put("sealOffset", standing == null ? null : standing.offset())
                            .put(
                                    "sealWritten",
                                    standing == null ? null : time(standing.writtenAt()))
                            .put("since", orNull(partition.since()))
                            .put("holds", holding().contains(partition));
            PartitionStatus.Refusal refusal = partition.refusal();
            if (refusal != null) {
                json.put("refusedOffset", refusal.seal().offset())
                        .put("refusedReason", refusal.reason().name());
            }
        }
        Withheld withheld = node.withheld();
        ObjectNode json =
                root.putObject("node")
                        .put("name", node.node())
                        .put("computedUntil", orNull(node.computedUntil()))
                        .put("releasedUntil", orNull(node.releasedUntil()));
        if (withheld != null) {
            json.putObject("lastWithheld")
                    .put("query", withheld.query())
                    .put("start", time(withheld.start()))
                    .put("end", time(withheld.end()))
                    .put("reason", withheld.reason().name())
                    .put("partner", withheld.partner())
                    .put("partition", withheld.partition());
        }
        return root;
    }

    private static @Nullable String orNull(@Nullable Long millis) {
        return millis == null ? null : time(millis);
    }
}
