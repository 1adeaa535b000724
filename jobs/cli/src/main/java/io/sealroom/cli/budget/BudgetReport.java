package io.sealroom.cli.budget;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.LedgerEvent;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a room has spent of the data sets it reads, what is left, and whether the next epoch can be
 * paid.
 *
 * @param spending what was spent and is left
 * @param next whether the next epoch can be paid
 */
record BudgetReport(RoomSpending spending, DryRun next) implements Printable {

    /**
     * Asks the chain.
     *
     * @param fromBlock to read events from
     * @param epoch to try; empty for the next one
     */
    static BudgetReport read(
            Endpoint endpoint,
            Account contract,
            long fromBlock,
            Optional<Policy> policy,
            OptionalLong epoch)
            throws IOException {
        RoomLookup.Found found = RoomSpending.find(endpoint, contract, fromBlock);
        RoomConfiguration configuration = found.configuration();
        try (RoomContract room = endpoint.room(found.location());
                LedgerContract ledger = RoomSpending.ledger(endpoint, found)) {
            return new BudgetReport(
                    RoomSpending.of(configuration, ledger, contract, fromBlock, policy),
                    DryRun.of(
                            configuration,
                            room,
                            ledger,
                            epoch.isPresent()
                                    ? epoch.getAsLong()
                                    : DryRun.next(
                                            configuration, room, Instant.now().toEpochMilli())));
        }
    }

    private BudgetNames names() {
        return spending.names();
    }

    @Override
    public List<String> lines() {
        return new BudgetLines(this).lines();
    }

    @Override
    public ObjectNode json() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("contract", spending.contract().hex());
        ArrayNode sets = node.putArray("datasets");
        spending.datasets().forEach(dataset -> fill(sets.addObject(), dataset));
        ArrayNode own = node.putArray("charges");
        spending.charges().forEach(charge -> fill(own.addObject(), charge));
        ArrayNode foreign = node.putArray("others");
        spending.others().forEach(charge -> fill(foreign.addObject(), charge));
        ObjectNode dryRun =
                node.putObject("next")
                        .put("epoch", next.epoch())
                        .put("affordable", next.affordable());
        ArrayNode queries = dryRun.putArray("queries");
        for (DryRun.Planned query : next.queries()) {
            queries.addObject()
                    .put("query", names().of(query.query()))
                    .put("amount", query.amount())
                    .put("paid", query.paid())
                    .put("affordable", query.shortOf().isEmpty())
                    .put("shortOf", query.shortOf().map(names()::of).orElse(null));
        }
        return node;
    }

    private void fill(ObjectNode node, RoomSpending.Dataset dataset) {
        node.put("dataset", names().of(dataset.id())).put("id", dataset.id().toString());
        node.put("registered", dataset.account().isPresent());
        dataset.account()
                .ifPresent(
                        account ->
                                node.put("periodMillis", account.periodMillis())
                                        .put("limitPerPeriod", account.limitPerPeriod())
                                        .put("limitForLife", account.limitForLife())
                                        .put("allowedToAll", account.allowed()));
        node.put("allowance", dataset.grant().allowance())
                .put("spent", dataset.grant().spent())
                .put("left", dataset.grant().allowance() - dataset.grant().spent());
        ObjectNode periods = node.putObject("spentInPeriod");
        for (Map.Entry<Long, Long> period : dataset.spent().entrySet()) {
            periods.put(Long.toString(period.getKey()), period.getValue());
        }
    }

    private void fill(ObjectNode node, LedgerEvent.Charged charge) {
        node.put("room", charge.room().hex())
                .put("query", names().of(charge.query()))
                .put("epoch", charge.period())
                .put("window", Instant.ofEpochMilli(charge.start()).toString())
                .put("amount", charge.amount())
                .put("transaction", charge.at().transaction().toString());
        ArrayNode paying = node.putArray("datasets");
        charge.datasets().forEach(dataset -> paying.add(names().of(dataset)));
    }
}
