/**
 * Tokens from an additively shared verifiable OPRF: RFC 9497, mode 0x01 (VOPRF), P256-SHA256, the
 * key split among the partners of a room. SPECIFICATION.md beside this file maps every function of
 * the RFC to its method.
 *
 * <pre>
 * requester                                        partner i = 1..n, share k(i) of epoch e
 * ---------                                        ---------------------------------------
 * r random; B = r * HashToGroup(input)
 *                        -- BlindedElements B -->
 *                                                  E(i) = k(i) * B
 *                                                  p(i) = proof that E(i) : B = pk(i) : G
 *                        <-- Evaluation E(i), p(i) --
 * VerifyProof(pk(i), B, E(i), p(i)) for every i
 * N = 1/r * (E(1) + ... + E(n)) = k * HashToGroup(input), k = k(1) + ... + k(n) mod n
 * token = SHA-256(lp(input) || lp(N) || "Finalize")
 * </pre>
 *
 * <p>A batch of up to 1024 elements is blinded once, goes to every partner, itself included, and
 * carries one proof for all its elements.
 *
 * <p>Guaranteed: an evaluator learns nothing about inputs or tokens, padding included; a requester
 * learns tokens only for inputs it asked every partner about; an answer under another key than the
 * published one is refused, and named, unless its maker spends more work on the batch than below;
 * nothing but an element other than the identity, in its one encoding, is accepted from outside;
 * erased epochs cannot be evaluated from what is kept.
 *
 * <p>No partner chose its public key as a function of the others' if, before anything is evaluated,
 * all have signed {@link io.sealroom.privacy.oprf.KeyCeremony#commitment} before the first key was
 * shown, and every {@link io.sealroom.privacy.oprf.ProofOfPossession} has been verified; the Room
 * insists on both.
 *
 * <p>Not guaranteed here: who may ask, for which epoch, how often (signatures and quotas of the
 * partner agent); a proof for the joint key, since the RFC has none (each share is proved on its
 * own); tokens while one partner is away; a batch that no amount of work makes wrong. The RFC's
 * weights of a batch bind each element and its place, not one element to the others. So a partner
 * can search, list by list (Wagner's generalised birthday), for false evaluations whose errors
 * cancel under their weights: some 2^33 hashes for a batch of 1024, 2^43 for one of 64. Its proof
 * holds then, and the tokens match nobody's. It learns nothing by that, which it has in common with
 * a partner that supplies false events.
 *
 * <p>Constant time: products of a point with a key share, a blind or a proof nonce, the sums of
 * coordinates on the way included; the inverse of a blind; the responses of proofs, made of key and
 * nonce; the way from a seed to its key share; the comparison of secrets.
 *
 * <p>Not constant time: the map to the curve, which chooses between two candidates and adds by the
 * library's carries, and the reduction of hashes to field elements, both of the requester's own
 * input; the conversion of a blind to the {@code BigInteger} that the library's inverse takes,
 * which skips leading zeros; carries that one sum or product of coordinates in about 2^28 has;
 * drawing again after a number that was not below the order, which says nothing of the one that is
 * kept; everything about public values: decoding, verifying, composites.
 *
 * <p>Erased: seeds and shares when the ratchet passes them, nonces of proofs after use, blinds with
 * their batch, and every array that a secret was opened into. Not erased, but left in the heap
 * until it is overwritten: what the library, {@code BigInteger} and the digests copy on their way,
 * and the text of a stored seed.
 */
@NullMarked
package io.sealroom.privacy.oprf;

import org.jspecify.annotations.NullMarked;
