package io.sealroom.cli.report;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What may be believed, before anything else. */
final class Banner {

    /** As many faults as are listed; the receipts have the others. */
    private static final int FAULTS_MAX = 10;

    private Banner() {}

    static void write(Results results, Evidence evidence, Html html) {
        Standing standing = standing(results);
        html.open("section", "class", "banner " + standing.style(), "aria-label", "Verification");
        html.line();
        switch (standing) {
            case ON_CHAIN -> onChain(results, evidence, html);
            case CONSISTENT -> consistent(html);
            case INVALID -> invalid(results, evidence, html);
        }
        if (evidence.policy().isPresent() && standing != Standing.INVALID) {
            html.leaf("p", "Rows, noise, windows and signatures are those of the policy given.");
        }
        html.close("section").line();
    }

    private static Standing standing(Results results) {
        if (!results.valid()) {
            return Standing.INVALID;
        }
        return results.onChain() ? Standing.ON_CHAIN : Standing.CONSISTENT;
    }

    private static void onChain(Results results, Evidence evidence, Html html) {
        html.leaf("h2", "Verified against the chain");
        html.leaf(
                "p",
                String.format(
                        Locale.ROOT,
                        "%s: the hashes recomputed from the rows are those that the contract has.",
                        results.releases().size() == 1
                                ? "The release"
                                : "All " + results.releases().size() + " releases"));
        html.leaf(
                "p",
                "Whether the file has all releases is not checked; gaps between two are shown."
                        + evidence.policy().map(policy -> missing(results, policy)).orElse(""));
    }

    /** A sentence on the queries of which the file has nothing. */
    private static String missing(Results results, Policy policy) {
        List<String> there = results.queries().stream().map(QueryResults::name).toList();
        List<String> missing =
                policy.queries().stream()
                        .map(Query::name)
                        .filter(name -> !there.contains(name))
                        .toList();
        return missing.isEmpty()
                ? ""
                : " It has no release of these queries: " + String.join(", ", missing) + ".";
    }

    private static void consistent(Html html) {
        html.leaf("h2", "Consistent, but not verified against the chain");
        html.leaf(
                "p",
                "The hashes in the file are those of its rows. Whoever made the file could have"
                        + " made both: make the report again with --rpc and --contract, from a"
                        + " source you trust.");
    }

    private static void invalid(Results results, Evidence evidence, Html html) {
        html.leaf("h2", "Not valid");
        List<String> faults = new ArrayList<>(results.noReleases());
        for (ReportedRelease release : results.releases()) {
            for (String fault : release.faults()) {
                faults.add(String.format(Locale.ROOT, "line %s: %s", release.line(), fault));
            }
        }
        html.leaf("p", summary(results, evidence));
        html.open("ul");
        faults.stream().limit(FAULTS_MAX).forEach(fault -> html.leaf("li", fault));
        if (faults.size() > FAULTS_MAX) {
            html.leaf("li", "and " + (faults.size() - FAULTS_MAX) + " more");
        }
        html.close("ul");
    }

    private static String summary(Results results, Evidence evidence) {
        if (results.releases().isEmpty()) {
            return "The file has no release.";
        }
        long valid = results.releases().size() - results.count(Standing.INVALID);
        StringBuilder summary = new StringBuilder();
        summary.append(results.count(Standing.INVALID))
                .append(" of ")
                .append(TimeAxis.plural(results.releases().size(), "release"));
        if (!results.noReleases().isEmpty()) {
            summary.append(" and ")
                    .append(TimeAxis.plural(results.noReleases().size(), "other line"));
        }
        summary.append(" not verified. No number of such a release is shown.");
        if (valid > 0) {
            summary.append(
                    results.count(Standing.ON_CHAIN) == valid
                            ? " The others are verified against the chain."
                            : evidence.chainNamed()
                                    ? " The chain did not answer for all of the others."
                                    : " The others are consistent, but not verified against the"
                                            + " chain.");
        }
        return summary.toString();
    }
}
