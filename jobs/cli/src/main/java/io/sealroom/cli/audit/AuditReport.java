package io.sealroom.cli.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.pipeline.ReplayCounts;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an audit found.
 *
 * @param findings of the period's windows, by time
 * @param read by partner
 * @param refused seals, the first few of each partition
 * @param copies where the topics are not their copies
 * @param alarms evidence that somebody signed two things, or released two
 */
record AuditReport(
        Period period,
        List<Finding> findings,
        Map<String, ReplayCounts> read,
        List<SealTrail.Refused> refused,
        List<CopyComparison.Differing> copies,
        List<String> alarms)
        implements Printable {

    /** Judges the windows of the period. */
    static AuditReport of(
            Period period,
            Policy policy,
            ChainRecord chain,
            Replayed replayed,
            Released released,
            SealTrails trails,
            Map<String, ReplayCounts> read,
            List<CopyComparison.Differing> copies) {
        Set<String> suspects = suspects(policy, replayed, read);
        WindowAudit audit = new WindowAudit(replayed, chain, released, trails, suspects);
        List<Finding> findings = period.windows(policy).stream().map(audit::judge).toList();
        List<SealTrail> suspected =
                suspects.stream().flatMap(partner -> trails.of(partner).stream()).toList();
        List<SealTrail.Refused> refused =
                suspected.stream().flatMap(trail -> trail.refused().stream()).toList();
        List<String> alarms = new ArrayList<>(chain.alarms());
        alarms.addAll(released.alarms());
        suspected.stream()
                .flatMap(trail -> trail.contradicting().stream())
                .forEach(seal -> alarms.add(seal + " contradicts one that stands"));
        return new AuditReport(period, findings, read, refused, copies, alarms);
    }

    /**
     * Partners of whom seals were refused; all, where reading ended early: then the counts are
     * behind what was read.
     */
    private static Set<String> suspects(
            Policy policy, Replayed replayed, Map<String, ReplayCounts> read) {
        Set<String> suspects = new TreeSet<>();
        for (Partner partner : policy.suppliers()) {
            ReplayCounts counts = read.get(partner.name());
            if (replayed.satisfied()
                    || counts == null
                    || counts.rejects().keySet().stream().anyMatch(RejectReason::isOfSeal)) {
                suspects.add(partner.name());
            }
        }
        return suspects;
    }

    /** Whether nothing differs and nobody contradicts itself. */
    boolean same() {
        return alarms.isEmpty() && copies.isEmpty() && count(Finding.Status.DIFFERS) == 0;
    }

    long count(Finding.Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        findings.forEach(finding -> lines.add(finding.window() + ": " + text(finding)));
        for (SealTrail.Refused seal : refused) {
            lines.add("refused: " + seal);
        }
        copies.forEach(copy -> lines.add("DIFFERS from the copy: " + copy));
        alarms.forEach(alarm -> lines.add("ALARM: " + alarm));
        read.forEach(
                (partner, counts) ->
                        lines.add(
                                String.format(
                                        "read %d records of %s: %d events, %d seals, %d refused",
                                        counts.records(),
                                        partner,
                                        counts.events(),
                                        counts.seals(),
                                        counts.refused())));
        List<String> sums = new ArrayList<>();
        for (Finding.Status status : Finding.Status.values()) {
            sums.add(count(status) + " " + status.text());
        }
        lines.add(findings.size() + " windows of queries: " + String.join(", ", sums));
        return lines;
    }

    private static String text(Finding finding) {
        String status = finding.status().text();
        Difference difference = finding.difference();
        if (difference != null) {
            Place place = difference.place();
            return String.format(
                    "DIFFERS in %s%s: %s",
                    difference.kind().text(),
                    place == null ? "" : " of " + place,
                    difference.says());
        }
        if (finding.reason() != null) {
            return status + ", " + finding.reason();
        }
        if (finding.place() != null) {
            return String.format("%s by %s", status, finding.place());
        }
        return finding.hash() == null ? status : String.format("%s, %s", status, finding.hash());
    }

    @Override
    public ObjectNode json() {
        return AuditJson.of(this);
    }
}
