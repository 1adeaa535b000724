/**
 * {@code sealroom audit}: computes a room's windows again and holds them against the contract.
 *
 * <p>The chain is asked before the topics are read: what it holds then was made of records that are
 * in the topics by now, so that a window which is on chain and not sealed in the topics is a
 * difference and no race. For each window the first difference is named, in the order in which one
 * brings about the next:
 *
 * <ol>
 *   <li>heads: a partition does not hold what its seals or the chain say it holds;
 *   <li>totals: another commitment than on chain, or one that does not open;
 *   <li>rows: another row than was released;
 *   <li>hash: another release hash over equal totals, so that not the input differs but what was
 *       made of it;
 *   <li>conflict: all of that is the same, but a quorum signed another hash as well.
 * </ol>
 *
 * <p>A chain head covers every record before it, and only seals state one: an altered record is
 * known to lie between two offsets and no better. {@code --against} holds the topics against a copy
 * of them and names it.
 *
 * <p>Printed are hashes, numbers of records and what is public anyhow; never a replayed row, which
 * where it differs would be a second answer about the same people.
 */
@NullMarked
package io.sealroom.cli.audit;

import org.jspecify.annotations.NullMarked;
