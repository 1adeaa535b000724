package io.sealroom.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The ledger of an {@link InMemoryChain} as one owner of data sets sees it: a faithful fake that
 * passes the same abstract test as {@code Web3jLedger}. Thread-safe; {@link #close} changes
 * nothing.
 */
public final class InMemoryLedger implements LedgerContract {

    private final InMemoryChain chain;
    private final InMemoryBudget budget;
    private final LedgerLocation expected;
    private final Account sender;

    InMemoryLedger(InMemoryChain chain, LedgerLocation expected, Account sender) {
        this.chain = chain;
        this.budget = chain.budget();
        this.expected = expected;
        this.sender = sender;
    }

    @Override
    public LedgerLocation location() {
        return expected;
    }

    @Override
    public void verify() throws IOException {
        ask(() -> true);
    }

    @Override
    public Account factory() throws IOException {
        return ask(chain::factory);
    }

    @Override
    public ActionOutcome register(
            Word name, long periodMillis, long limitPerPeriod, long limitForLife) {
        return act(
                tx -> budget.register(tx, sender, name, periodMillis, limitPerPeriod, limitForLife),
                () -> false);
    }

    @Override
    public ActionOutcome allow(Word name, Account room, Word configurationHash, long allowance) {
        return act(
                tx -> budget.allow(tx, sender, name, room, configurationHash, allowance),
                () ->
                        budget.grant(RoomDigests.dataset(sender, name), room).allowance()
                                == allowance);
    }

    private ActionOutcome act(InMemoryBlocks.Call call, BooleanSupplier recorded) {
        return chain.act(this::compare, call, recorded);
    }

    @Override
    public Optional<DatasetAccount> account(Word dataset) throws IOException {
        return ask(() -> budget.account(dataset));
    }

    @Override
    public DatasetGrant grant(Word dataset, Account room) throws IOException {
        return ask(() -> budget.grant(dataset, room));
    }

    @Override
    public long spentInPeriod(Word dataset, long period) throws IOException {
        return ask(() -> budget.spentInPeriod(dataset, period));
    }

    @Override
    public Optional<Word> shortOf(Account room, List<Word> datasets, long period, long amount)
            throws IOException {
        return ask(() -> budget.shortOf(room, datasets, period, amount));
    }

    @Override
    public long headBlock() throws IOException {
        return ask(() -> chain.blocks().head());
    }

    @Override
    public List<LedgerEvent> events(long fromBlock, long toBlock) throws IOException {
        return ask(() -> chain.ledgerEvents(fromBlock, toBlock));
    }

    @Override
    public List<LedgerEvent.Charged> charges(long fromBlock, long toBlock) throws IOException {
        return LedgerDecoder.charges(events(fromBlock, toBlock));
    }

    @Override
    public void close() {}

    private <T> T ask(ContractSession.Question<T> question) throws IOException {
        return chain.ask(this::compare, question);
    }

    private void compare() {
        LocationCheck.chainId(expected.chainId(), chain.chainId());
        if (!expected.contract().equals(budget.contract())) {
            throw new WrongChainException(
                    WrongChainException.What.CONTRACT,
                    expected.contract().hex(),
                    "no BudgetLedger");
        }
    }
}
