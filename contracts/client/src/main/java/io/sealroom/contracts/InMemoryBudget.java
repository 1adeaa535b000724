package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * BudgetLedger.sol, statement by statement, over Java maps: same checks in the same order, same
 * errors, same events. Not thread-safe.
 */
final class InMemoryBudget {

    private static final DatasetGrant NOTHING = new DatasetGrant(0, 0, 0);

    private record GrantKey(Word dataset, Account room) {}

    private record PeriodKey(Word dataset, long period) {}

    private final Account contract;
    private final Function<Account, @Nullable InMemoryPlan> rooms;
    private final Map<Word, DatasetAccount> accounts = new HashMap<>();
    private final Map<GrantKey, DatasetGrant> grants = new HashMap<>();
    private final Map<PeriodKey, Long> spent = new HashMap<>();

    /**
     * An empty ledger.
     *
     * @param rooms of the factory, by address
     */
    InMemoryBudget(Account contract, Function<Account, @Nullable InMemoryPlan> rooms) {
        this.contract = contract;
        this.rooms = rooms;
    }

    Account contract() {
        return contract;
    }

    void register(
            InMemoryTransaction tx,
            Account sender,
            Word name,
            long periodMillis,
            long limitPerPeriod,
            long limitForLife) {
        Revert.unless(
                !name.isZero() && periodMillis != 0 && limitPerPeriod != 0 && limitForLife != 0,
                "ZeroValue");
        Word dataset = RoomDigests.dataset(sender, name);
        Revert.unless(!accounts.containsKey(dataset), "AlreadyRegistered", dataset);
        tx.put(
                accounts,
                dataset,
                new DatasetAccount(periodMillis, limitPerPeriod, limitForLife, 0));
        tx.emit(
                contract,
                at ->
                        new LedgerEvent.Registered(
                                at,
                                dataset,
                                sender,
                                name,
                                periodMillis,
                                limitPerPeriod,
                                limitForLife));
    }

    void allow(
            InMemoryTransaction tx,
            Account sender,
            Word name,
            Account room,
            Word configurationHash,
            long allowance) {
        Word dataset = RoomDigests.dataset(sender, name);
        @Nullable DatasetAccount account = accounts.get(dataset);
        if (account == null) {
            throw Revert.with("NotRegistered", dataset);
        }
        @Nullable InMemoryPlan plan = rooms.apply(room);
        if (plan == null) {
            throw Revert.with("NotARoom", room);
        }
        Revert.unless(
                plan.hash().equals(configurationHash),
                "ConfigurationDiffers",
                room,
                configurationHash,
                plan.hash());
        long epochMillis = plan.configuration().epochMillis();
        Revert.unless(
                epochMillis == account.periodMillis(),
                "PeriodDiffers",
                account.periodMillis(),
                epochMillis);
        DatasetGrant grant = grant(dataset, room);
        Revert.unless(allowance >= grant.spent(), "AllowanceBelowSpent", allowance, grant.spent());
        BigInteger allowed =
                BigInteger.valueOf(account.allowed())
                        .subtract(BigInteger.valueOf(grant.allowance()))
                        .add(BigInteger.valueOf(allowance));
        Revert.unless(
                allowed.compareTo(BigInteger.valueOf(account.limitForLife())) <= 0,
                "AllowancesAboveLimit",
                allowed,
                account.limitForLife());
        tx.put(
                accounts,
                dataset,
                new DatasetAccount(
                        account.periodMillis(),
                        account.limitPerPeriod(),
                        account.limitForLife(),
                        allowed.longValueExact()));
        tx.put(
                grants,
                new GrantKey(dataset, room),
                new DatasetGrant(allowance, grant.spent(), account.limitPerPeriod()));
        tx.emit(contract, at -> new LedgerEvent.Allowed(at, dataset, room, allowance));
    }

    /**
     * Charges every one of the data sets, or none.
     *
     * @return the first data set that cannot pay
     */
    Optional<Word> charge(
            InMemoryTransaction tx,
            Account room,
            List<Word> datasets,
            long period,
            long amount,
            Word query,
            long start) {
        Revert.unless(!datasets.isEmpty() && amount != 0, "NothingCharged");
        Optional<Word> shortOf = shortOf(room, datasets, period, amount);
        if (shortOf.isPresent()) {
            return shortOf;
        }
        for (Word dataset : datasets) {
            Revert.unless(canPay(dataset, room, period, amount), "CannotPay", dataset);
            DatasetGrant grant = grant(dataset, room);
            tx.put(
                    grants,
                    new GrantKey(dataset, room),
                    new DatasetGrant(
                            grant.allowance(), grant.spent() + amount, grant.limitPerPeriod()));
            tx.put(spent, new PeriodKey(dataset, period), spentInPeriod(dataset, period) + amount);
        }
        tx.emit(
                contract,
                at -> new LedgerEvent.Charged(at, room, period, query, start, amount, datasets));
        return Optional.empty();
    }

    Optional<Word> shortOf(Account room, List<Word> datasets, long period, long amount) {
        return datasets.stream()
                .filter(dataset -> !canPay(dataset, room, period, amount))
                .findFirst();
    }

    private boolean canPay(Word dataset, Account room, long period, long amount) {
        DatasetGrant grant = grant(dataset, room);
        return amount <= grant.allowance() - grant.spent()
                && amount <= grant.limitPerPeriod() - spentInPeriod(dataset, period);
    }

    Optional<DatasetAccount> account(Word dataset) {
        return Optional.ofNullable(accounts.get(dataset));
    }

    DatasetGrant grant(Word dataset, Account room) {
        return grants.getOrDefault(new GrantKey(dataset, room), NOTHING);
    }

    long spentInPeriod(Word dataset, long period) {
        return spent.getOrDefault(new PeriodKey(dataset, period), 0L);
    }

    /** As if an owner had registered it and allowed the room all there is. */
    void endow(Word dataset, Account room, long periodMillis, long limitPerPeriod) {
        accounts.put(
                dataset,
                new DatasetAccount(periodMillis, limitPerPeriod, Long.MAX_VALUE, Long.MAX_VALUE));
        grants.put(
                new GrantKey(dataset, room), new DatasetGrant(Long.MAX_VALUE, 0, limitPerPeriod));
    }
}
