package io.sealroom.cli.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.schemas.release.ReleaseDocument;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Prints what was found, a line for each release and one for all. */
final class VerifyReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PrintWriter out;
    private final boolean json;
    private long verified;
    private long mismatches;
    private long unchecked;

    VerifyReport(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void add(VerifiedLine line) {
        String verdict = count(line.verdict());
        List<String> faults =
                line.verdict() instanceof Verdict.Mismatch mismatch ? mismatch.faults() : List.of();
        out.println(json ? object(line, verdict, faults) : text(line, verdict, faults));
        out.flush();
    }

    void finish() {
        out.println(
                json
                        ? MAPPER.createObjectNode()
                                .put("releases", total())
                                .put("verified", verified)
                                .put("mismatches", mismatches)
                                .put("unchecked", unchecked)
                                .toString()
                        : String.format(
                                "%d releases: %d verified, %d mismatches, %d unchecked",
                                total(), verified, mismatches, unchecked));
        out.flush();
    }

    long total() {
        return verified + mismatches + unchecked;
    }

    long mismatches() {
        return mismatches;
    }

    long unchecked() {
        return unchecked;
    }

    private String count(Verdict verdict) {
        if (verdict instanceof Verdict.Verified) {
            verified++;
            return "verified";
        }
        if (verdict instanceof Verdict.Mismatch) {
            mismatches++;
            return "mismatch";
        }
        unchecked++;
        return "unchecked";
    }

    private static String text(VerifiedLine line, String verdict, List<String> faults) {
        String what =
                line.document()
                        .map(
                                document ->
                                        String.format(
                                                "%s %s %d rows",
                                                window(document),
                                                document.query(),
                                                document.rows().size()))
                        .orElseGet(() -> "line " + line.number());
        return faults.isEmpty()
                ? String.format("%s: %s", what, verdict)
                : String.format("%s: %s: %s", what, verdict, String.join("; ", faults));
    }

    private static String window(ReleaseDocument document) {
        return Instant.ofEpochMilli(document.start()) + "/" + Instant.ofEpochMilli(document.end());
    }

    private static String object(VerifiedLine line, String verdict, List<String> faults) {
        ObjectNode node = MAPPER.createObjectNode().put("line", line.number());
        line.document()
                .ifPresent(
                        document ->
                                node.put("query", document.query())
                                        .put("window", window(document))
                                        .put("rows", document.rows().size()));
        node.put("verdict", verdict);
        faults.forEach(node.putArray("faults")::add);
        return node.toString();
    }
}
