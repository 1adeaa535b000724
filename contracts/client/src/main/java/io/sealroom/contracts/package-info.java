/**
 * The Java client of the contracts.
 *
 * <p>{@link io.sealroom.contracts.RoomContract} and {@link io.sealroom.contracts.LedgerContract}
 * are what the rest of the system sees: blocking calls, closed outcomes, and no type of any chain
 * library. {@code Web3jRoom} and {@code Web3jLedger} speak to a chain endpoint, {@code
 * InMemoryRoom} and {@code InMemoryLedger} on an {@code InMemoryChain} are their faithful fakes;
 * the same abstract tests hold for both. {@code PublishClient} puts a queue and a thread in front
 * of a room for callers that must never wait; {@code ChainDeployer} brings factory, ledger and
 * rooms into being.
 *
 * <p>Times are epoch milliseconds, ids and hashes are {@link io.sealroom.contracts.Word}s. What the
 * world does wrong (endpoint away, not yet mined) is an {@code IOException} of a read and a {@link
 * io.sealroom.contracts.PublishOutcome.Retry} of a publish, or an {@link
 * io.sealroom.contracts.ActionOutcome.Retry} of anything else; what the contract refuses is a
 * {@link io.sealroom.contracts.ContractError}; a wrong chain or contract is a {@link
 * io.sealroom.contracts.WrongChainException} and no retry helps.
 */
@NullMarked
package io.sealroom.contracts;

import org.jspecify.annotations.NullMarked;
