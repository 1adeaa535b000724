package io.sealroom.cli.budget;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.DatasetAccount;
import io.sealroom.contracts.DatasetGrant;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.LedgerEvent;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a room has spent of the data sets it reads, what is left, and whether the next epoch can be
 * paid.
 *
 * @param contract the room
 * @param headBlock to which charges were read; sums of data sets are of just after it
 * @param epochMillis length of its epochs, and of the data sets' periods
 * @param names of data sets and queries
 * @param datasets policy order
 * @param charges of this room, chain order
 * @param others charges of other rooms to the same data sets in this room's epochs
 * @param next whether the next epoch can be paid
 */
public record BudgetReport(
        Account contract,
        long headBlock,
        long epochMillis,
        BudgetNames names,
        List<Dataset> datasets,
        List<LedgerEvent.Charged> charges,
        List<LedgerEvent.Charged> others,
        DryRun next)
        implements Printable {

    public BudgetReport {
        datasets = List.copyOf(datasets);
        charges = List.copyOf(charges);
        others = List.copyOf(others);
    }

    /**
     * A data set that the room reads.
     *
     * @param account empty while it is not registered
     * @param grant what this room may spend of it
     * @param spent by all rooms, by period of this room; periods without any are left out
     */
    public record Dataset(
            Word id,
            Optional<DatasetAccount> account,
            DatasetGrant grant,
            SortedMap<Long, Long> spent) {}

    /**
     * Asks the chain.
     *
     * @param fromBlock to read events from
     * @param epoch to try; empty for the next one
     */
    public static BudgetReport read(
            Endpoint endpoint,
            Account contract,
            long fromBlock,
            Optional<Policy> policy,
            OptionalLong epoch)
            throws IOException {
        RoomLookup.Found found;
        try (RoomLookup lookup = endpoint.lookup()) {
            found = lookup.find(contract, fromBlock);
        }
        RoomConfiguration configuration = found.configuration();
        try (RoomContract room = endpoint.room(found.location());
                LedgerContract ledger =
                        endpoint.ledger(found.location().chainId(), configuration.ledger())) {
            List<Word> ids =
                    configuration.partners().stream()
                            .filter(RoomConfiguration.Partner::supplies)
                            .map(RoomConfiguration.Partner::dataset)
                            .toList();
            List<LedgerEvent.Charged> charges = new ArrayList<>();
            List<LedgerEvent.Charged> others = new ArrayList<>();
            long headBlock = ledger.headBlock();
            for (LedgerEvent.Charged charged : ledger.charges(fromBlock, headBlock)) {
                if (charged.period() >= configuration.firstEpoch()
                        && charged.period() <= configuration.lastEpoch()
                        && charged.datasets().stream().anyMatch(ids::contains)) {
                    (charged.room().equals(contract) ? charges : others).add(charged);
                }
            }
            List<Dataset> datasets = new ArrayList<>();
            for (Word id : ids) {
                datasets.add(dataset(ledger, id, contract, configuration));
            }
            return new BudgetReport(
                    contract,
                    headBlock,
                    configuration.epochMillis(),
                    new BudgetNames(policy),
                    datasets,
                    charges,
                    others,
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

    private static Dataset dataset(
            LedgerContract ledger, Word id, Account contract, RoomConfiguration configuration)
            throws IOException {
        SortedMap<Long, Long> spent = new TreeMap<>();
        for (long epoch = configuration.firstEpoch(); epoch <= configuration.lastEpoch(); epoch++) {
            long amount = ledger.spentInPeriod(id, epoch);
            if (amount != 0) {
                spent.put(epoch, amount);
            }
        }
        return new Dataset(id, ledger.account(id), ledger.grant(id, contract), spent);
    }

    @Override
    public List<String> lines() {
        return new BudgetLines(this).lines();
    }

    @Override
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("contract", contract.hex());
        ArrayNode sets = node.putArray("datasets");
        datasets.forEach(dataset -> fill(sets.addObject(), dataset));
        ArrayNode own = node.putArray("charges");
        charges.forEach(charge -> fill(own.addObject(), charge));
        ArrayNode foreign = node.putArray("others");
        others.forEach(charge -> fill(foreign.addObject(), charge));
        ObjectNode dryRun =
                node.putObject("next")
                        .put("epoch", next.epoch())
                        .put("affordable", next.affordable());
        ArrayNode queries = dryRun.putArray("queries");
        for (DryRun.Planned query : next.queries()) {
            queries.addObject()
                    .put("query", names.of(query.query()))
                    .put("amount", query.amount())
                    .put("paid", query.paid())
                    .put("affordable", query.shortOf().isEmpty())
                    .put("shortOf", query.shortOf().map(names::of).orElse(null));
        }
        return node;
    }

    private void fill(ObjectNode node, Dataset dataset) {
        node.put("dataset", names.of(dataset.id())).put("id", dataset.id().toString());
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
                .put("query", names.of(charge.query()))
                .put("epoch", charge.period())
                .put("window", Instant.ofEpochMilli(charge.start()).toString())
                .put("amount", charge.amount())
                .put("transaction", charge.at().transaction().toString());
        ArrayNode paying = node.putArray("datasets");
        charge.datasets().forEach(dataset -> paying.add(names.of(dataset)));
    }
}
