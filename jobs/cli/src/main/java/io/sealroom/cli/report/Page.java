package io.sealroom.cli.report;

import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The page as a whole. */
final class Page {

    /** Whatever somebody got into the page, it loads nothing and runs nothing. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final Results results;
    private final Evidence evidence;
    private final Html html = new Html();

    private Page(Results results, Evidence evidence) {
        this.results = results;
        this.evidence = evidence;
    }

    static String of(Results results, Evidence evidence) {
        return new Page(results, evidence).render();
    }

    private String render() {
        String title = results.room().map(RoomIdentity::room).orElse("no releases");
        html.open("html", "lang", "en-GB").line().open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", CONTENT_SECURITY);
        html.line().empty("meta", "name", "viewport", "content", "width=device-width");
        html.line().empty("meta", "name", "color-scheme", "content", "light dark");
        html.line().leaf("title", title + " \u2013 Sealroom releases").line();
        html.style(css()).line().close("head").line();
        html.open("body").line().open("header").line();
        html.leaf("p", "Sealroom releases", "class", "kind").leaf("h1", title).line();
        Banner.write(results, evidence, html);
        results.room().ifPresent(this::facts);
        html.close("header").line();
        List<QueryResults> queries = results.queries();
        // Without a valid release there are no charts to go to.
        contents(results.period().isPresent() ? queries : List.of());
        html.open("main").line();
        results.period()
                .ifPresent(
                        time ->
                                queries.forEach(
                                        query ->
                                                QuerySection.write(
                                                        query, time, evidence.policy(), html)));
        BudgetSection.write(results, evidence, html);
        ReceiptsSection.write(results, html);
        html.close("main").line();
        reading();
        return html.close("body").line().close("html").document();
    }

    private void facts(RoomIdentity room) {
        html.open("dl").line();
        results.period()
                .ifPresent(
                        time -> fact("Period", TimeAxis.window(time.start(), time.end()) + " UTC"));
        fact("Releases", Integer.toString(results.releases().size()));
        hash("Policy", room.policyHash().toHex());
        hash("Contract", room.contract().hex());
        fact("Chain id", Long.toString(room.chainId()));
        evidence.policy()
                .ifPresent(
                        policy ->
                                fact(
                                        "Partners",
                                        String.join(
                                                ", ",
                                                policy.partners().stream()
                                                        .map(partner -> partner.name())
                                                        .toList())));
        html.close("dl").line();
    }

    private void fact(String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close("div").line();
    }

    private void hash(String name, String value) {
        html.open("div").leaf("dt", name).open("dd").leaf("code", value);
        html.close("dd").close("div").line();
    }

    private void contents(List<QueryResults> queries) {
        html.open("nav", "aria-label", "Sections").open("ul").line();
        for (QueryResults query : queries) {
            entry(QuerySection.id(query.name()), query.name());
        }
        entry(BudgetSection.ID, "Budget");
        entry(ReceiptsSection.ID, "Receipts");
        html.close("ul").close("nav").line();
    }

    private void entry(String id, String text) {
        html.open("li").leaf("a", text, "href", "#" + id).close("li").line();
    }

    private void reading() {
        html.open("footer").leaf("h2", "How to read this page").open("ul").line();
        for (String sentence :
                List.of(
                        "Every number has noise, the same whether the number is large or small."
                                + " Before suppression, the capped total lies within the interval"
                                + " with a probability of at least 95 %. A row near the threshold"
                                + " may be shown only because its noise was high: then the total"
                                + " is often below the interval, even 0.",
                        "A suppressed row had a noisy count below the threshold. It does not mean"
                                + " zero, nor that there is anything: only this is known.",
                        "Where a chart has no mark, the file has no release of that window, or the"
                                + " release has no such row: the row of cut identifiers is only in"
                                + " the last window of an epoch.",
                        "Distinct counts do not add up, neither over windows nor over cells. Sums"
                                + " of rows have the sum of the noise.",
                        "Counts are conversions, in millionths where credit is shared; values are"
                                + " minor units. Caps of the policy cut what one identifier can add.",
                        "All times are UTC. A window has its beginning and not its end.")) {
            html.leaf("li", sentence).line();
        }
        html.close("ul").close("footer").line();
    }

    private static String css() {
        try (InputStream in =
                Optional.ofNullable(Page.class.getResourceAsStream("report.css")).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
