package io.sealroom.cli.report;

import io.sealroom.cli.budget.RoomSpending;
import io.sealroom.contracts.LedgerEvent;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.release.ReleaseDocument;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What the releases cost, as the chain has it. */
final class PaidSection {

    private final Results results;
    private final RoomSpending budget;
    private final Html html;
    private final BudgetTable table;

    private PaidSection(Results results, RoomSpending budget, Html html) {
        this.results = results;
        this.budget = budget;
        this.html = html;
        table = new BudgetTable(html);
    }

    static void write(Results results, RoomSpending budget, Html html) {
        new PaidSection(results, budget, html).write();
    }

    private void write() {
        html.leaf(
                "p",
                String.format(
                        Locale.ROOT,
                        "As of block %d; what data sets have spent was read just after it.",
                        budget.headBlock()));
        paid();
        spent();
        allowed();
    }

    private void paid() {
        table.begin(
                "On chain", "Query", "Epoch (UTC)", "First window (UTC)", "Charge", "Transaction");
        for (LedgerEvent.Charged charge : budget.charges()) {
            if (epochs().contains(charge.period())) {
                html.open("tr").leaf("th", query(charge.query()), "scope", "row");
                html.leaf("td", epoch(charge.period()));
                html.leaf("td", TimeAxis.time(charge.start()));
                table.number(BigInteger.valueOf(charge.amount()));
                html.open("td").leaf("code", charge.at().transaction().toString()).close("td");
                html.close("tr").line();
            }
        }
        html.close("tbody");
        table.end();
    }

    /** As the policy or a release has it, else the id. */
    private String query(Word id) {
        return results.releases().stream()
                .filter(ReportedRelease::valid)
                .map(ReportedRelease::document)
                .filter(document -> RoomConfigurations.word(document.queryId()).equals(id))
                .map(ReleaseDocument::query)
                .findFirst()
                .orElseGet(() -> budget.names().of(id));
    }

    private void spent() {
        table.begin(
                "Data sets", "Data set", "Epoch (UTC)", "Spent by all rooms", "Limit per epoch");
        for (RoomSpending.Dataset dataset : budget.datasets()) {
            for (long epoch : epochs()) {
                html.open("tr").leaf("th", budget.names().of(dataset.id()), "scope", "row");
                html.leaf("td", epoch(epoch));
                table.number(BigInteger.valueOf(dataset.spent().getOrDefault(epoch, 0L)));
                table.number(
                        dataset.account()
                                .map(account -> BigInteger.valueOf(account.limitPerPeriod()))
                                .map(Measure.OVERLAP_TOTAL::exact)
                                .orElse("not registered"));
                html.close("tr").line();
            }
        }
        html.close("tbody");
        table.end();
    }

    private void allowed() {
        table.begin(
                "What data sets allow this room", "Data set", "Spent by this room", "Allowance");
        for (RoomSpending.Dataset dataset : budget.datasets()) {
            html.open("tr").leaf("th", budget.names().of(dataset.id()), "scope", "row");
            table.number(BigInteger.valueOf(dataset.grant().spent()));
            table.number(BigInteger.valueOf(dataset.grant().allowance()));
            html.close("tr").line();
        }
        html.close("tbody");
        table.end();
    }

    private Set<Long> epochs() {
        Set<Long> epochs = new TreeSet<>();
        results.queries()
                .forEach(
                        query -> epochs.addAll(results.epochs(budget.epochMillis(), query.name())));
        return epochs;
    }

    private String epoch(long epoch) {
        return TimeAxis.window(epoch * budget.epochMillis(), (epoch + 1) * budget.epochMillis());
    }
}
