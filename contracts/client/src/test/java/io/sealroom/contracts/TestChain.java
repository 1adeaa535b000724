package io.sealroom.contracts;

import java.io.IOException;

/** A chain with a factory and a ledger that knows the data sets of {@link TestRoom}. */
interface TestChain extends AutoCloseable {

    Account factory();

    Account ledger();

    /** Creates a room and connects to it. */
    RoomContract create(RoomConfiguration configuration) throws IOException;

    /** Connects to a room's address, expecting what may not be there. */
    RoomContract room(RoomLocation expected);

    /** The ledger, by an endpoint of an owner that can pay for transactions. */
    LedgerContract ledger(ChainSigner owner);

    /** The same, expecting what may not be there. */
    LedgerContract ledger(LedgerLocation expected);

    /** Puts a contract wallet at an address that takes every signature, or none. */
    void install(Account address, boolean takes) throws IOException;

    /** Adds empty blocks. */
    void mine(int blocks) throws IOException;

    /** Adds a block that takes nothing of what waits. */
    void mineWithoutTransactions() throws IOException;

    /** Whether transactions get into blocks. */
    void setMining(boolean value) throws IOException;

    @Override
    void close() throws IOException;
}
