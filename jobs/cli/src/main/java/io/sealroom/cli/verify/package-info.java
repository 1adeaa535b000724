/**
 * {@code sealroom verify}: whether a file of releases is what the chain recorded.
 *
 * <p>A release is verified when its rows are 0 to m-1, each once and in order, when every hash in
 * it is the one that its rows have, and when the contract holds, for its query and window, exactly
 * the <em>recomputed</em> release hash and the hash of the partners' totals commitments, each
 * signed with the key that the contract has for its partner. The stated hashes are compared, never
 * used. With the policy at hand, rows, noise and signatures are held against it too.
 *
 * <p>Not verified: that the file has every release (a line left out is not seen), the receipts
 * (they lie outside the hash, and the contract is asked instead), and that the block which records
 * a release is final.
 */
@NullMarked
package io.sealroom.cli.verify;

import org.jspecify.annotations.NullMarked;
