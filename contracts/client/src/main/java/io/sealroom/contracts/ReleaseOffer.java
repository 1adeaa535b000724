package io.sealroom.contracts;

import java.util.Comparator;
import java.util.List;

/**
 * What a node brings to the contract for one query and window. Everything in it is public.
 *
 * @param query keccak256 of the query's name
 * @param start of the window
 * @param end of the window; not sent (the contract knows it), needed for digests and events
 * @param rowCount number of rows, at least 1
 * @param root Merkle root of the rows
 * @param mechanisms hash of the noise mechanisms
 * @param releaseHash what the nodes signed; the contract recomputes it
 * @param totals of the supplying partners, policy order
 * @param signatures of the nodes, in any order; kept by rising address, as the contract wants them
 */
public record ReleaseOffer(
        Word query,
        long start,
        long end,
        int rowCount,
        Word root,
        Word mechanisms,
        Word releaseHash,
        List<TotalsOffer> totals,
        List<NodeSignature> signatures) {

    public ReleaseOffer {
        totals = List.copyOf(totals);
        signatures = signatures.stream().sorted(Comparator.comparing(NodeSignature::node)).toList();
    }

    /** What is offered for: there is one result per key, for ever. */
    public Key key() {
        return new Key(query, start);
    }

    /** A query and the start of its window. */
    public record Key(Word query, long start) {}
}
