package io.sealroom.contracts;

import java.util.List;
import java.util.Optional;
import org.web3j.crypto.Hash;

/**
 * Equivocation and rows in Room.sol, statement by statement: same checks in the same order, same
 * errors, same events.
 */
final class InMemoryEvidence {

    private static final int PANIC_OUT_OF_BOUNDS = 0x32;

    private final InMemoryPlan plan;
    private final InMemorySignatures signatures;

    InMemoryEvidence(InMemoryPlan plan, InMemorySignatures signatures) {
        this.plan = plan;
        this.signatures = signatures;
    }

    void proveTotalsEquivocation(
            InMemoryTransaction tx,
            int partnerIndex,
            long start,
            long end,
            TotalsOffer first,
            TotalsOffer second) {
        RoomConfiguration.Partner partner = plan.partner(partnerIndex);
        requireInRoom(start, end);
        Word one = first.commitment();
        Word two = second.commitment();
        Revert.unless(!one.equals(two), "NoEquivocation");
        signatures.requireTotals(partner, start, end, one, first.signature());
        signatures.requireTotals(partner, start, end, two, second.signature());
        tx.emit(
                plan.contract(),
                at -> new RoomEvent.TotalsEquivocation(at, partner.id(), start, end, one, two));
    }

    void proveReleaseEquivocation(
            InMemoryTransaction tx,
            long start,
            long end,
            ReleaseEvidence first,
            ReleaseEvidence second) {
        requireInRoom(start, end);
        SignedRelease one = pointedAt(first);
        SignedRelease two = pointedAt(second);
        Account node = signatures.signerOf(start, end, first);
        Revert.unless(
                one.query().equals(two.query())
                        && !one.releaseHash().equals(two.releaseHash())
                        && node.equals(signatures.signerOf(start, end, second)),
                "NoEquivocation");
        tx.emit(
                plan.contract(),
                at ->
                        new RoomEvent.ReleaseEquivocation(
                                at,
                                node,
                                one.query(),
                                start,
                                end,
                                one.releaseHash(),
                                two.releaseHash()));
    }

    private void requireInRoom(long start, long end) {
        RoomConfiguration configuration = plan.configuration();
        Revert.unless(
                Long.compareUnsigned(start, configuration.start()) >= 0
                        && Long.compareUnsigned(start, end) < 0
                        && Long.compareUnsigned(end, configuration.end()) <= 0,
                "WindowOutOfRoom",
                Long.toUnsignedString(start),
                Long.toUnsignedString(end),
                configuration.end());
    }

    private static SignedRelease pointedAt(ReleaseEvidence evidence) {
        Revert.unless(evidence.index() < evidence.releases().size(), "Panic", PANIC_OUT_OF_BOUNDS);
        return evidence.releases().get(evidence.index());
    }

    /**
     * Whether a row belongs to the release on record.
     *
     * @param stored the release hash of the row's query and window
     */
    boolean verifyRow(
            ReleasedRow row,
            ReleaseOffer release,
            Word totals,
            List<Word> proof,
            Optional<Word> stored) {
        Word hash = plan.hashRelease(release, row.start(), row.end(), totals);
        return row.query().equals(release.query())
                && row.index() < release.rowCount()
                && stored.equals(Optional.of(hash))
                && rootOf(RoomDigests.rowLeaf(row), proof).equals(release.root());
    }

    /** OpenZeppelin's: of each pair the lower goes first. */
    private static Word rootOf(Word leaf, List<Word> proof) {
        Word node = leaf;
        for (Word sibling : proof) {
            boolean first = node.toString().compareTo(sibling.toString()) < 0;
            byte[] pair = new byte[2 * Word.LENGTH];
            System.arraycopy((first ? node : sibling).toBytes(), 0, pair, 0, Word.LENGTH);
            System.arraycopy((first ? sibling : node).toBytes(), 0, pair, Word.LENGTH, Word.LENGTH);
            node = Word.of(Hash.sha3(pair));
        }
        return node;
    }
}
