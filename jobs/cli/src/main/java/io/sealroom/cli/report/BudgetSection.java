package io.sealroom.cli.report;

import io.sealroom.privacy.dp.Family;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the releases cost: as the policy has it, and as the chain has it. */
final class BudgetSection {

    static final String ID = "budget";

    private final Results results;
    private final Html html;
    private final BudgetTable table;

    private BudgetSection(Results results, Html html) {
        this.results = results;
        this.html = html;
        table = new BudgetTable(html);
    }

    static void write(Results results, Evidence evidence, Html html) {
        BudgetSection section = new BudgetSection(results, html);
        html.open("section", "id", ID).leaf("h2", "Budget").line();
        html.leaf(
                "p",
                "Charges are zCDP micro-rho, one for each query and epoch that has a release, to"
                        + " every data set that the query reads. Charges add up.",
                "class",
                "note");
        html.line();
        // The charges of another policy would say nothing of these releases.
        boolean known = results.period().isPresent();
        if (known && evidence.policy().isPresent()) {
            section.planned(evidence.policy().get());
        }
        if (known && evidence.budget().isPresent()) {
            PaidSection.write(results, evidence.budget().get(), html);
        }
        if (evidence.budgetAway()) {
            html.leaf("p", "The chain did not answer for the charges.");
        } else if (!known || (evidence.policy().isEmpty() && evidence.budget().isEmpty())) {
            html.leaf(
                    "p",
                    "A file of releases says nothing of charges. With --policy they are here, and"
                            + " with --rpc what the chain says was paid.");
        }
        html.close("section").line();
    }

    private void planned(Policy policy) {
        table.begin(
                "By the policy", "Query", "Loss per epoch", "Charge per epoch", "Epochs", "In all");
        BigInteger sum = BigInteger.ZERO;
        for (Query query : policy.queries()) {
            QueryFamilies families = QueryFamilies.of(policy, query);
            int epochs = results.epochs(policy.epochMillis(), query.name()).size();
            BigInteger charge = families.microRho();
            BigInteger all = charge.multiply(BigInteger.valueOf(epochs));
            sum = sum.add(all);
            html.open("tr").leaf("th", query.name(), "scope", "row");
            html.leaf("td", losses(families));
            table.number(charge).number(Integer.toString(epochs)).number(all);
            html.close("tr").line();
        }
        html.close("tbody").open("tfoot").open("tr");
        html.leaf("th", "All queries", "scope", "row", "colspan", "4");
        table.number(sum);
        html.close("tr").close("tfoot");
        table.end();
    }

    /** The families of several partners' reach are alike, so they are named together. */
    private static String losses(QueryFamilies families) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Family family : families.families()) {
            String measure = family.loss().measure() == Loss.Measure.EPSILON ? "\u03b5" : "\u03c1";
            String loss =
                    Measure.of(family.metric()).title()
                            + " "
                            + measure
                            + " = "
                            + family.loss().amount().toPlainString();
            counts.merge(loss, 1, Integer::sum);
        }
        List<String> losses = new ArrayList<>();
        counts.forEach(
                (loss, count) -> losses.add(count == 1 ? loss : loss + " for each of " + count));
        return String.join("; ", losses);
    }
}
