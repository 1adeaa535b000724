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
 * published one is refused, and named; nothing but an element other than the identity, in its one
 * encoding, is accepted from outside; erased epochs cannot be evaluated from what is kept.
 *
 * <p>No partner chose its public key as a function of the others' if, before anything is evaluated,
 * all have signed {@link io.sealroom.privacy.oprf.KeyCeremony#commitment} before the first key was
 * shown, and every {@link io.sealroom.privacy.oprf.ProofOfPossession} has been verified; the Room
 * insists on both.
 *
 * <p>Not guaranteed here: who may ask, for which epoch, how often (signatures and quotas of the
 * partner agent); a proof for the joint key, since the RFC has none (each share is proved on its
 * own); tokens while one partner is away.
 *
 * <p>Constant time: products of a point with a key share, a blind or a proof nonce, and the inverse
 * of a blind. Not constant time: the choice between the two candidates of the map to the curve and
 * the reduction of hashes to field elements, both of the requester's own input; {@code BigInteger}
 * arithmetic on opened scalars (responses of proofs), whose length of 256 bits varies only with
 * leading zeros; everything about public values: decoding, verifying, composites. Opened scalars
 * stay in the heap until it is overwritten.
 */
@NullMarked
package io.sealroom.privacy.oprf;

import org.jspecify.annotations.NullMarked;
