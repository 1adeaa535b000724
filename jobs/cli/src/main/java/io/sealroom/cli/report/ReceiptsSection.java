package io.sealroom.cli.report;

import java.util.List;

/** Where the chain has each release, and whether it is what it says. */
final class ReceiptsSection {

    static final String ID = "receipts";

    /** Up to so many are open to see at once. */
    private static final int OPEN_MAX = 24;

    private final Html html;

    private ReceiptsSection(Html html) {
        this.html = html;
    }

    static void write(Results results, Html html) {
        html.open("section", "id", ID).leaf("h2", "Receipts and verification").line();
        html.leaf(
                "p",
                "Release hashes are recomputed from the rows. A receipt says where to look; it lies"
                        + " outside the hash and is not verified.",
                "class",
                "note");
        html.line();
        List<ReportedRelease> releases = results.releases();
        if (releases.size() <= OPEN_MAX) {
            html.open("details", "open", "open");
        } else {
            html.open("details");
        }
        html.leaf("summary", "Table: " + TimeAxis.plural(releases.size(), "release")).line();
        new ReceiptsSection(html).table(releases);
        html.close("details").close("section").line();
    }

    private void table(List<ReportedRelease> releases) {
        html.open(
                "div",
                "class",
                "scroll",
                "tabindex",
                "0",
                "role",
                "region",
                "aria-label",
                "Receipts");
        html.open("table").leaf("caption", "In the order of the file");
        html.open("thead").open("tr");
        for (String column :
                List.of(
                        "Window (UTC)",
                        "Query",
                        "Release",
                        "Release hash",
                        "Transaction",
                        "Block")) {
            html.leaf("th", column, "scope", "col");
        }
        html.close("tr").close("thead").line().open("tbody").line();
        releases.forEach(this::row);
        html.close("tbody").close("table").close("div").line();
    }

    private void row(ReportedRelease release) {
        html.open("tr")
                .leaf("th", TimeAxis.window(release.start(), release.end()), "scope", "row")
                .leaf("td", release.document().query(), "class", "name")
                .leaf("td", release.standing().word(), "class", release.standing().style());
        if (release.valid()) {
            // Equal to the stated one, or the release would be invalid.
            code(release.release().pending().releaseHash().toHex());
            code(release.receipt().transaction().toHex());
            html.leaf("td", Long.toString(release.receipt().blockNumber()), "class", "number");
        } else {
            html.leaf("td", String.join("; ", release.faults()), "colspan", "3");
        }
        html.close("tr").line();
    }

    private void code(String text) {
        html.open("td").leaf("code", text).close("td");
    }
}
