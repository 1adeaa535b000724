package io.sealroom.contracts;

/** An event of one of the contracts. */
public sealed interface ChainEvent permits RoomEvent, LedgerEvent {

    /** Where it is recorded. */
    Position at();

    /**
     * A place in the chain. A reorganisation can remove it or move the transaction to another
     * block, so that only (blockHash, logIndex) names an event, and only one in a final block
     * stays.
     *
     * @param logIndex position among all logs of the block
     */
    record Position(long blockNumber, Word blockHash, Word transaction, int logIndex) {}
}
