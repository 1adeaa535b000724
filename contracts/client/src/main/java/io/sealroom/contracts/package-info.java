/**
 * The Java client of a {@code Room}.
 *
 * <p>{@link io.sealroom.contracts.RoomContract} is what the rest of the system sees: blocking
 * calls, closed outcomes, and no type of any chain library. {@code Web3jRoom} speaks to a chain
 * endpoint, {@code InMemoryRoom} is its faithful fake; one abstract test holds for both. {@code
 * PublishClient} puts a queue and a thread in front of it for callers that must never wait.
 *
 * <p>Times are epoch milliseconds, ids and hashes are {@link io.sealroom.contracts.Word}s. What the
 * world does wrong (endpoint away, not yet mined) is an {@code IOException} of a read and a {@link
 * io.sealroom.contracts.PublishOutcome.Retry} of a publish; what the contract refuses is a {@link
 * io.sealroom.contracts.ContractError}; a wrong chain or contract is a {@link
 * io.sealroom.contracts.WrongChainException} and no retry helps.
 */
@NullMarked
package io.sealroom.contracts;

import org.jspecify.annotations.NullMarked;
