package io.sealroom.contracts;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One deployed BudgetLedger, seen through one chain endpoint by one owner of data sets. What holds
 * for {@link RoomContract} about blocking, threads and reads holds here too. Amounts are zCDP
 * micro-rho.
 *
 * <p>Charging is not here: rooms do it.
 */
public interface LedgerContract extends AutoCloseable {

    /** The ledger that is meant. */
    LedgerLocation location();

    /** Compares the endpoint with {@link #location} now. */
    void verify() throws IOException;

    /** The factory whose rooms may be allowed to spend. */
    Account factory() throws IOException;

    /**
     * Registers a data set of the sender's, {@link RoomDigests#dataset}(sender, name), for ever.
     *
     * @param periodMillis epoch length of the rooms that will spend of it
     */
    ActionOutcome register(Word name, long periodMillis, long limitPerPeriod, long limitForLife);

    /**
     * Sets what a room may spend in all of the sender's data set of this name. A repeat sends
     * nothing.
     *
     * @param configurationHash of the room that the owner looked at, see {@link
     *     RoomDigests#configurationHash}; refused if another stands at the address, as one may
     *     after a reorganisation
     */
    ActionOutcome allow(Word name, Account room, Word configurationHash, long allowance);

    /** A data set; empty while it is not registered. */
    Optional<DatasetAccount> account(Word dataset) throws IOException;

    /** What a room may spend of a data set; all zero if it was never allowed anything. */
    DatasetGrant grant(Word dataset, Account room) throws IOException;

    /**
     * What all rooms together have spent of a data set in a period.
     *
     * @param period index of the period: time / its length
     */
    long spentInPeriod(Word dataset, long period) throws IOException;

    /**
     * What a charge would come to now: a dry run.
     *
     * @param datasets that pay, each the whole amount
     * @return the first data set that cannot pay; empty if all can
     */
    Optional<Word> shortOf(Account room, List<Word> datasets, long period, long amount)
            throws IOException;

    /** Number of the newest block. */
    long headBlock() throws IOException;

    /**
     * All events of the ledger in a range of blocks, in chain order.
     *
     * @param fromBlock first block
     * @param toBlock last block, inclusive; below {@code fromBlock}: no events
     */
    List<LedgerEvent> events(long fromBlock, long toBlock) throws IOException;

    /**
     * What rooms paid in a range of blocks, in chain order. Other events are not asked for: anybody
     * may register data sets, and so fill the ledger with them.
     *
     * @param fromBlock first block
     * @param toBlock last block, inclusive; below {@code fromBlock}: no charges
     */
    List<LedgerEvent.Charged> charges(long fromBlock, long toBlock) throws IOException;

    @Override
    void close();
}
