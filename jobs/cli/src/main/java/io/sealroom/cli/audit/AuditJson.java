package io.sealroom.cli.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.pipeline.ReplayCounts;
import java.time.Instant;
import java.util.Arrays;

/** An audit's report for programs. */
final class AuditJson {

    private AuditJson() {}

    /** The report as {@code jobs/cli/README.md} lists its fields. */
    static ObjectNode of(AuditReport report) {
        ObjectNode root =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("same", report.same())
                        .put("from", Instant.ofEpochMilli(report.period().from()).toString())
                        .put("to", Instant.ofEpochMilli(report.period().to()).toString());
        ObjectNode counts = root.putObject("counts");
        Arrays.stream(Finding.Status.values())
                .forEach(status -> counts.put(status.name(), report.count(status)));
        ArrayNode windows = root.putArray("windows");
        report.findings().forEach(finding -> write(windows.addObject(), finding));
        ArrayNode seals = root.putArray("refusedSeals");
        for (SealTrail.Refused seal : report.refused()) {
            seals.addObject()
                    .put("partner", seal.partner())
                    .put("partition", seal.partition())
                    .put("offset", seal.offset())
                    .put("reason", seal.reason().name());
        }
        ArrayNode differing = root.putArray("copies");
        for (CopyComparison.Differing copy : report.copies()) {
            ObjectNode object =
                    differing
                            .addObject()
                            .put("partner", copy.partner())
                            .put("partition", copy.partition())
                            .put("copyOffset", copy.copyOffset());
            copy.inTopic().ifPresent(offset -> object.put("offset", offset));
        }
        report.alarms().forEach(root.putArray("alarms")::add);
        ArrayNode partners = root.putArray("read");
        report.read().forEach((partner, count) -> write(partners.addObject(), partner, count));
        return root;
    }

    private static void write(ObjectNode node, Finding finding) {
        node.put("query", finding.window().query().name())
                .put("start", Instant.ofEpochMilli(finding.window().start()).toString())
                .put("end", Instant.ofEpochMilli(finding.window().end()).toString())
                .put("status", finding.status().name())
                .put("releaseHash", finding.hash())
                .put("reason", finding.reason());
        if (finding.place() != null) {
            write(node.putObject("awaited"), finding.place());
        }
        Difference difference = finding.difference();
        if (difference != null) {
            ObjectNode object =
                    node.putObject("difference")
                            .put("in", difference.kind().text())
                            .put("says", difference.says());
            if (difference.place() != null) {
                write(object.putObject("place"), difference.place());
            }
            difference.rows().forEach(object.putArray("rows")::add);
        }
    }

    private static void write(ObjectNode node, Place place) {
        node.put("partner", place.partner());
        place.inPartition().ifPresent(partition -> node.put("partition", partition));
        place.afterOffset().ifPresent(offset -> node.put("afterOffset", offset));
        place.atOffset().ifPresent(offset -> node.put("atOffset", offset));
    }

    private static void write(ObjectNode node, String partner, ReplayCounts counts) {
        node.put("partner", partner)
                .put("records", counts.records())
                .put("events", counts.events())
                .put("seals", counts.seals());
        ObjectNode reasons = node.putObject("refused");
        counts.rejects().forEach((reason, count) -> reasons.put(reason.name(), count));
    }
}
