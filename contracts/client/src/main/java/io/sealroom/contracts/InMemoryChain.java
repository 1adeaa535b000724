package io.sealroom.contracts;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A chain with one factory, its ledger and its rooms, without a chain. Thread-safe, so that several
 * nodes of one JVM can share it.
 *
 * <p>Every transaction gets a block of its own as soon as it is sent, unless {@link #setMining}
 * says otherwise. The endpoint can be taken away. Time stands still, at 0 unless it is set. There
 * are no fees and no reorganisations.
 */
public final class InMemoryChain {

    private static final Account FACTORY = new Account("0x" + "fa".repeat(20));
    private static final Account LEDGER = new Account("0x" + "1e".repeat(20));

    private final long chainId;
    private final InMemoryBlocks blocks = new InMemoryBlocks();
    private final InMemoryBudget budget;
    private final Map<Account, InMemoryContract> rooms = new HashMap<>();
    private final Map<Account, ContractWallet> wallets = new HashMap<>();
    private boolean away;

    /** A chain at block 0, with a factory and a ledger that knows no data set. */
    public InMemoryChain(long chainId) {
        this(chainId, LEDGER);
    }

    InMemoryChain(long chainId, Account ledger) {
        this.chainId = chainId;
        this.budget = new InMemoryBudget(ledger, this::planOf);
    }

    public long chainId() {
        return chainId;
    }

    /** The factory's address. */
    public Account factory() {
        return FACTORY;
    }

    /** The ledger's address: what a configuration has to name. */
    public Account ledger() {
        return budget.contract();
    }

    /** The ledger as an owner of data sets sees it. */
    public InMemoryLedger ledger(Account sender) {
        return ledger(new LedgerLocation(chainId, ledger()), sender);
    }

    /** The same, by an endpoint that a client takes for something else. */
    public InMemoryLedger ledger(LedgerLocation expected, Account sender) {
        return new InMemoryLedger(this, expected, sender);
    }

    /**
     * Creates a room, in a block of its own.
     *
     * @throws RefusedConfigurationException if the contract's constructor would refuse it
     */
    public synchronized InMemoryRoom createRoom(RoomConfiguration configuration) {
        return createRoom(ChainDeployer.address(FACTORY, 1 + rooms.size()), configuration);
    }

    synchronized InMemoryRoom createRoom(Account contract, RoomConfiguration configuration) {
        try {
            ConfigurationRules.check(configuration, ledger());
        } catch (Revert revert) {
            throw new RefusedConfigurationException(revert.error());
        }
        InMemoryPlan plan = InMemoryPlan.of(chainId, contract, configuration);
        InMemorySignatures signatures = new InMemorySignatures(plan, wallets::get);
        blocks.send(
                tx -> {
                    tx.put(rooms, contract, new InMemoryContract(plan, signatures, budget));
                    tx.emit(
                            contract,
                            at ->
                                    new RoomEvent.Opened(
                                            at,
                                            configuration.policyHash(),
                                            plan.hash(),
                                            configuration));
                });
        return room(plan.location());
    }

    /**
     * A room of this chain as a client sees it that means {@code expected}, which may be something
     * else.
     *
     * @throws IllegalArgumentException if no room has this address
     */
    public synchronized InMemoryRoom room(RoomLocation expected) {
        InMemoryContract contract = rooms.get(expected.contract());
        if (contract == null) {
            throw new IllegalArgumentException("expected must be at a room's address");
        }
        return new InMemoryRoom(this, expected, contract);
    }

    /** Puts a contract wallet at an address. */
    public synchronized void install(Account address, ContractWallet wallet) {
        wallets.put(address, wallet);
    }

    // What a chain does by itself.

    /** Takes the endpoint away or brings it back. */
    public synchronized void setAway(boolean value) {
        away = value;
    }

    /**
     * Whether transactions get into a block as soon as they are sent; those that wait do at once.
     */
    public synchronized void setMining(boolean value) {
        blocks.setMining(value);
    }

    /** Sets the time of the blocks to come. */
    public synchronized void setTime(long millis) {
        blocks.setTime(millis);
    }

    /** Forgets what waits, as a full mempool does. */
    public synchronized void dropWaiting() {
        blocks.dropWaiting();
    }

    /** Adds empty blocks. */
    public synchronized void mine(int count) {
        blocks.mine(count);
    }

    // What its contracts' clients do. Under the chain's lock.

    InMemoryBudget budget() {
        return budget;
    }

    InMemoryBlocks blocks() {
        return blocks;
    }

    /** Asks, if the endpoint is there and leads to what is meant. */
    synchronized <T> T ask(Runnable check, ContractSession.Question<T> question)
            throws IOException {
        if (away) {
            throw new IOException("the chain endpoint is away");
        }
        check.run();
        return question.ask();
    }

    /** A call that is waited for, as {@link Action} does it. */
    synchronized ActionOutcome act(
            Runnable check, InMemoryBlocks.Call call, BooleanSupplier recorded) {
        try {
            return ask(check, () -> act(call, recorded));
        } catch (IOException e) {
            return new ActionOutcome.Retry(RetryCause.ENDPOINT_AWAY, "endpoint is away");
        }
    }

    private ActionOutcome act(InMemoryBlocks.Call call, BooleanSupplier recorded) {
        try {
            blocks.simulate(
                    tx -> {
                        call.accept(tx);
                        return tx;
                    });
            if (recorded.getAsBoolean()) {
                return new ActionOutcome.AlreadyRecorded();
            }
        } catch (Revert revert) {
            return new ActionOutcome.Refused(revert.error());
        }
        Word transaction = blocks.send(call);
        return blocks.mined(transaction).isPresent()
                ? new ActionOutcome.Recorded(transaction)
                : new ActionOutcome.Retry(RetryCause.NOT_MINED, "not in a block yet");
    }

    synchronized List<RoomEvent> roomEvents(Account room, long fromBlock, long toBlock) {
        return events(room, fromBlock, toBlock).map(RoomEvent.class::cast).toList();
    }

    synchronized List<LedgerEvent> ledgerEvents(long fromBlock, long toBlock) {
        return events(ledger(), fromBlock, toBlock).map(LedgerEvent.class::cast).toList();
    }

    private Stream<ChainEvent> events(Account contract, long fromBlock, long toBlock) {
        return blocks.events().stream()
                .filter(recorded -> recorded.emitter().equals(contract))
                .map(InMemoryBlocks.Recorded::event)
                .filter(e -> e.at().blockNumber() >= fromBlock && e.at().blockNumber() <= toBlock);
    }

    private @Nullable InMemoryPlan planOf(Account room) {
        InMemoryContract contract = rooms.get(room);
        return contract == null ? null : contract.plan();
    }
}
