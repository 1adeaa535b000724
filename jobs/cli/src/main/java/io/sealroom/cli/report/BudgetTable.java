package io.sealroom.cli.report;

import java.math.BigInteger;

/** Writes the tables of charges. */
final class BudgetTable {

    private final Html html;

    BudgetTable(Html html) {
        this.html = html;
    }

    void begin(String title, String... columns) {
        html.leaf("h3", title).line();
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title);
        html.open("table").open("thead").open("tr");
        for (String column : columns) {
            html.leaf("th", column, "scope", "col");
        }
        html.close("tr").close("thead").line().open("tbody").line();
    }

    void end() {
        html.close("table").close("div").line();
    }

    BudgetTable number(BigInteger amount) {
        return number(Measure.OVERLAP_TOTAL.exact(amount));
    }

    BudgetTable number(String amount) {
        html.leaf("td", amount, "class", "number");
        return this;
    }
}
