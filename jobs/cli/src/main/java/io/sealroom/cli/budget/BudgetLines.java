package io.sealroom.cli.budget;

import io.sealroom.contracts.DatasetGrant;
import io.sealroom.contracts.LedgerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A budget report for people. */
final class BudgetLines {

    private final RoomSpending spending;
    private final DryRun next;

    BudgetLines(BudgetReport report) {
        this.spending = report.spending();
        this.next = report.next();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("room " + spending.contract() + ", amounts in micro-rho");
        spending.datasets().forEach(dataset -> addTo(lines, dataset));
        for (LedgerEvent.Charged charge : spending.charges()) {
            lines.add(
                    String.format(
                            "charge: %s, epoch %d, first window %s: %d, transaction %s",
                            spending.names().of(charge.query()),
                            charge.period(),
                            Instant.ofEpochMilli(charge.start()),
                            charge.amount(),
                            charge.at().transaction()));
        }
        for (LedgerEvent.Charged charge : spending.others()) {
            lines.add(
                    String.format(
                            "other room: %s, epoch %d: %d of %s, transaction %s",
                            charge.room(),
                            charge.period(),
                            charge.amount(),
                            String.join(
                                    ", ",
                                    charge.datasets().stream().map(spending.names()::of).toList()),
                            charge.at().transaction()));
        }
        lines.add(
                String.format(
                        "next: epoch %d, from %s to %s",
                        next.epoch(), begin(next.epoch()), begin(next.epoch() + 1)));
        for (DryRun.Planned query : next.queries()) {
            lines.add(
                    String.format(
                            "  %s: %d, %s",
                            spending.names().of(query.query()), query.amount(), text(query)));
        }
        return lines;
    }

    private String text(DryRun.Planned query) {
        if (query.paid()) {
            return "paid";
        }
        return query.shortOf()
                .map(dataset -> "NOT affordable, short of " + spending.names().of(dataset))
                .orElse("affordable");
    }

    private void addTo(List<String> lines, RoomSpending.Dataset dataset) {
        lines.add(
                String.format(
                        "data set %s: %s",
                        spending.names().of(dataset.id()),
                        dataset.account()
                                .map(
                                        account ->
                                                String.format(
                                                        "limits %d a period of %s, %s for life; %s"
                                                                + " allowed to all rooms",
                                                        account.limitPerPeriod(),
                                                        Duration.ofMillis(account.periodMillis()),
                                                        text(account.limitForLife()),
                                                        text(account.allowed())))
                                .orElse("NOT registered")));
        DatasetGrant grant = dataset.grant();
        lines.add(
                String.format(
                        "  this room: %s allowed, %d spent, %s left",
                        text(grant.allowance()),
                        grant.spent(),
                        grant.allowance() == Long.MAX_VALUE
                                ? text(Long.MAX_VALUE)
                                : text(grant.allowance() - grant.spent())));
        dataset.spent()
                .forEach(
                        (period, amount) ->
                                lines.add(
                                        String.format(
                                                "  period %d: %d spent by all rooms",
                                                period, amount)));
    }

    /** The contract's numbers go further than ours, which stop at the largest. */
    private static String text(long amount) {
        return amount == Long.MAX_VALUE ? amount + " or more" : Long.toString(amount);
    }

    private Instant begin(long epoch) {
        return Instant.ofEpochMilli(epoch * spending.epochMillis());
    }
}
