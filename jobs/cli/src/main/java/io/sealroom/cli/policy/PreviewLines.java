package io.sealroom.cli.policy;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A preview for people. */
final class PreviewLines {

    private static final List<String> LEGEND =
            List.of(
                    "how to read this",
                    "  rows        of a window, zeros too",
                    "  D1, D2      most that one identifier changes all rows of the family in an"
                            + " epoch: added up, and as the root of added squares",
                    "  noise       added to every row: discrete Laplace of this scale, or discrete"
                            + " Gaussian of this sigma",
                    "  95 %        in 95 of 100 rows the noise is at most this, up or down",
                    "  threshold   a row below it, after noise, is suppressed",
                    "  if empty    how often a row that counts nobody is shown all the same",
                    "  micro-rho   what the ledger books for an epoch (zCDP)");

    private final PolicyPreview preview;
    private final Policy policy;
    private final List<String> lines = new ArrayList<>();

    PreviewLines(PolicyPreview preview) {
        this.preview = preview;
        this.policy = preview.policy();
    }

    List<String> lines() {
        header();
        preview.queries().forEach(query -> lines.addAll(QueryLines.of(query)));
        losses();
        budget();
        testable();
        if (!preview.warnings().isEmpty()) {
            lines.add("");
            preview.warnings().forEach(warning -> lines.add("warning: " + warning));
        }
        lines.add("");
        preview.refusals().forEach(refusal -> lines.add("REFUSED: " + refusal));
        if (preview.refusals().isEmpty()) {
            lines.add("nothing is refused");
        }
        lines.add("");
        lines.addAll(LEGEND);
        return lines;
    }

    private void header() {
        lines.add(
                String.format(
                        "room %s: %s to %s, epochs %d of %s, lookbackEpochs %d",
                        policy.room(),
                        Instant.ofEpochMilli(policy.startMillis()),
                        Instant.ofEpochMilli(policy.endMillis()),
                        preview.epochs(),
                        Figures.duration(policy.epochMillis()),
                        policy.lookbackEpochs()));
        lines.add("policy hash " + policy.hash());
    }

    private void losses() {
        lines.add("");
        lines.add(
                String.format(
                        "what all releases tell about one identifier: epsilon at delta %s, with *"
                                + " at delta 0",
                        preview.delta().toPlainString()));
        TextTable table = new TextTable("lr" + "r".repeat(preview.horizons().size()));
        List<String> head = new ArrayList<>(List.of("", "micro-rho an epoch"));
        for (long epochs : preview.horizons()) {
            head.add(
                    String.format(
                            "%s%s%s",
                            Figures.epochs(epochs),
                            policy.lookbackEpochs() == 0 ? "" : " of releases",
                            epochs == preview.epochs() ? " (the room)" : ""));
        }
        table.add(head);
        table.add(loss("all queries", preview.whole()));
        preview.datasets()
                .forEach(dataset -> table.add(loss("of " + dataset.name(), dataset.loss())));
        lines.addAll(table.lines());
        if (policy.lookbackEpochs() > 0) {
            lines.add(
                    "  with lookbackEpochs 1 an identifier that is there in T epochs in a row shows"
                            + " in the releases of T + 1");
        }
        if (policy.queries().stream().map(Query::identifierKind).distinct().count() > 1) {
            lines.add(
                    "  queries of e-mail addresses and of phone numbers are added up: a person may"
                            + " have both");
        }
    }

    private List<String> loss(String what, EpochLoss loss) {
        List<String> cells = new ArrayList<>(List.of(what, Figures.integer(loss.microRho())));
        for (long epochs : preview.horizons()) {
            EpochLoss.Epsilon after = loss.after(epochs, preview.delta());
            cells.add(Figures.number(after.epsilon(), 4) + (after.pure() ? " *" : ""));
        }
        return cells;
    }

    private void budget() {
        lines.add("");
        lines.add("limits of the data sets, micro-rho");
        preview.datasets().forEach(this::budget);
        if (preview.datasets().stream().anyMatch(dataset -> dataset.limits().isEmpty())) {
            lines.add(
                    "  --rpc reads limits from the policy's ledger, --limit gives those of a data"
                            + " set that is not registered yet");
        }
    }

    private void budget(DatasetPreview dataset) {
        if (dataset.limits().isEmpty()) {
            lines.add(
                    String.format(
                            "  %s: not known, so whether it can pay was NOT checked",
                            dataset.name()));
            return;
        }
        DatasetLimits limits = dataset.limits().get();
        lines.add(
                String.format(
                        "  %s: %s a period, %s",
                        dataset.name(),
                        Figures.integer(BigInteger.valueOf(limits.perPeriod())),
                        limits.forLife().isEmpty()
                                ? "for life not known, NOT checked"
                                : String.format(
                                        "%s for life, of which rooms are allowed %s",
                                        life(limits.forLife().getAsLong()),
                                        life(limits.allowed()))));
        for (Map.Entry<Long, Long> period : limits.spent().entrySet()) {
            lines.add(
                    String.format(
                            "    period %d: %s spent by all rooms",
                            period.getKey(),
                            Figures.integer(BigInteger.valueOf(period.getValue()))));
        }
    }

    /** The contract's numbers go further than ours, which stop at the largest. */
    private static String life(long amount) {
        return Figures.integer(BigInteger.valueOf(amount))
                + (amount == Long.MAX_VALUE ? " or more" : "");
    }

    private void testable() {
        lines.add("");
        lines.add(
                String.format(
                        "testable identifiers: a partner can have %s evaluated per wall-clock"
                                + " epoch, padding included; all %d partners %s",
                        Figures.integer(BigInteger.valueOf(policy.quota())),
                        policy.partners().size(),
                        Figures.integer(BigInteger.valueOf(preview.testableByAll()))));
        lines.add(
                "  so many identifiers, and those it has tokenised already, a partner that colludes"
                        + " with a node can look for among all tokens");
    }
}
