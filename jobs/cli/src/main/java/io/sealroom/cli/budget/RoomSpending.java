package io.sealroom.cli.budget;

import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.DatasetAccount;
import io.sealroom.contracts.DatasetGrant;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.LedgerEvent;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a room has spent of the data sets it reads, and what is left.
 *
 * @param contract the room
 * @param headBlock to which charges were read; sums of data sets are of just after it
 * @param epochMillis length of its epochs, and of the data sets' periods
 * @param names of data sets and queries
 * @param datasets policy order
 * @param charges of this room, chain order
 * @param others charges of other rooms to the same data sets in this room's epochs
 */
public record RoomSpending(
        Account contract,
        long headBlock,
        long epochMillis,
        BudgetNames names,
        List<Dataset> datasets,
        List<LedgerEvent.Charged> charges,
        List<LedgerEvent.Charged> others) {

    public RoomSpending {
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
     */
    public static RoomSpending read(
            Endpoint endpoint, Account contract, long fromBlock, Optional<Policy> policy)
            throws IOException {
        RoomLookup.Found found = find(endpoint, contract, fromBlock);
        try (LedgerContract ledger = ledger(endpoint, found)) {
            return of(found.configuration(), ledger, contract, fromBlock, policy);
        }
    }

    static RoomLookup.Found find(Endpoint endpoint, Account contract, long fromBlock)
            throws IOException {
        try (RoomLookup lookup = endpoint.lookup()) {
            return lookup.find(contract, fromBlock);
        }
    }

    static LedgerContract ledger(Endpoint endpoint, RoomLookup.Found found) throws IOException {
        return endpoint.ledger(found.location().chainId(), found.configuration().ledger());
    }

    static RoomSpending of(
            RoomConfiguration configuration,
            LedgerContract ledger,
            Account contract,
            long fromBlock,
            Optional<Policy> policy)
            throws IOException {
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
        return new RoomSpending(
                contract,
                headBlock,
                configuration.epochMillis(),
                new BudgetNames(policy),
                datasets,
                charges,
                others);
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
}
