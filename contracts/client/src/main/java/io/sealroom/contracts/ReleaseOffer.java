package io.sealroom.contracts;

/**
 * What the nodes computed for one query of a window. Everything in it is public.
 *
 * @param query keccak256 of the query's name
 * @param rowCount number of rows, at least 1
 * @param root Merkle root of the rows
 * @param mechanisms hash of the noise mechanisms
 * @param releaseHash what the nodes signed; the contract recomputes it
 */
public record ReleaseOffer(Word query, int rowCount, Word root, Word mechanisms, Word releaseHash) {

    /** What a node's signature says of it. */
    public SignedRelease signed() {
        return new SignedRelease(query, releaseHash);
    }
}
