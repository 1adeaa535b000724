package io.sealroom.contracts;

import java.util.Comparator;
import java.util.List;

/**
 * What a node brings to the contract for one window: the releases of queries with that window, in
 * one transaction. Everything in it is public.
 *
 * @param start of the window
 * @param end of the window
 * @param totals of the supplying partners, policy order
 * @param releases in the order that the nodes signed them
 * @param signatures of the nodes, in any order; kept by rising address, as the contract wants them
 */
public record WindowOffer(
        long start,
        long end,
        List<TotalsOffer> totals,
        List<ReleaseOffer> releases,
        List<NodeSignature> signatures) {

    public WindowOffer {
        totals = List.copyOf(totals);
        releases = List.copyOf(releases);
        signatures = signatures.stream().sorted(Comparator.comparing(NodeSignature::node)).toList();
    }

    /** The partners' commitments, policy order. */
    public List<Word> commitments() {
        return totals.stream().map(TotalsOffer::commitment).toList();
    }

    /** What the contract stores of the commitments. */
    public Word totalsHash() {
        return RoomDigests.totalsHash(commitments());
    }

    /** What each node's signature is over. */
    public List<SignedRelease> signedReleases() {
        return releases.stream().map(ReleaseOffer::signed).toList();
    }

    /** The partners' signatures as they are sent: none at all where no commitment has one. */
    List<Signature> totalsSignatures() {
        List<Signature> given = totals.stream().map(TotalsOffer::signature).toList();
        return given.stream().allMatch(Signature.NONE::equals) ? List.of() : given;
    }
}
