package io.sealroom.cli.audit;

import io.sealroom.cli.audit.Difference.Kind;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.TotalsEntry;
import java.util.List;
import java.util.Optional;

/** In what a replayed release is not what the chain recorded or a node released. */
final class ReleaseDifferences {

    private static final String ANOTHER_RESULT =
            "the inputs are the same, and the nodes made another result of them";

    private final ChainWindow recorded;
    private final ReleaseDocument document;
    private final Optional<ReleaseDocument> given;

    /**
     * @param document as replayed
     * @param given as released, if that is known
     */
    ReleaseDifferences(
            ChainWindow recorded, ReleaseDocument document, Optional<ReleaseDocument> given) {
        this.recorded = recorded;
        this.document = document;
        this.given = given;
    }

    /** The first one, in the order in which one brings about the next. */
    Optional<Difference> first() {
        return totals().or(this::rows).or(this::hash).or(this::conflict);
    }

    private Optional<Difference> totals() {
        Word ours = ChainRecord.word(document.totalsHash());
        if (recorded.totalsHash().isEmpty() || recorded.totalsHash().get().equals(ours)) {
            return recorded.totalsHash().isEmpty() && recorded.releaseHash().isPresent()
                    // Recorded with the first release of a window, be it withheld or not.
                    ? Optional.of(
                            Difference.of(Kind.TOTALS, "the chain has a release and no totals"))
                    : Optional.empty();
        }
        List<TotalsEntry> entries = document.totals();
        List<Word> commitments = recorded.commitments();
        for (int i = 0; i < Math.min(entries.size(), commitments.size()); i++) {
            Word commitment = ChainRecord.word(entries.get(i).commitment());
            if (!commitment.equals(commitments.get(i))) {
                return Optional.of(
                        Difference.at(
                                Kind.TOTALS,
                                Place.of(entries.get(i).partner(), null),
                                String.format(
                                        "its seals commit to %s, on chain it is %s: the topic holds"
                                                + " another input than the nodes read",
                                        commitment, commitments.get(i))));
            }
        }
        return Optional.of(
                Difference.of(
                        Kind.TOTALS,
                        String.format(
                                "the hash of the commitments is %s, on chain %s",
                                ours, recorded.totalsHash().get())));
    }

    /** Where neither the replay nor the given rows are what stands, {@link #hash} says so. */
    private Optional<Difference> rows() {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (recorded.releaseHash().isEmpty()) {
            return unrecorded(given.get());
        }
        Word stands = recorded.releaseHash().get();
        if (stands.equals(RoomContract.WITHHELD)) {
            return Optional.of(
                    Difference.of(Kind.ROWS, "was released, and the chain has withheld it"));
        }
        List<Integer> rows = RowDifferences.indices(given.get(), document);
        boolean ofNodes = stands.equals(ChainRecord.word(given.get().releaseHash()));
        boolean ofReplay = stands.equals(ChainRecord.word(document.releaseHash()));
        if (ofNodes == ofReplay || (ofNodes && rows.isEmpty())) {
            return Optional.empty();
        }
        String says = says(given.get(), rows);
        return Optional.of(
                new Difference(
                        Kind.ROWS,
                        ofNodes
                                ? ANOTHER_RESULT + ": " + says + signedBy()
                                : "what was released is not what is on chain: " + says,
                        null,
                        rows));
    }

    /** What is as it was replayed may have got to the chain since the chain was asked. */
    private Optional<Difference> unrecorded(ReleaseDocument released) {
        if (released.releaseHash().equals(document.releaseHash())) {
            return Optional.empty();
        }
        List<Integer> rows = RowDifferences.indices(released, document);
        return Optional.of(
                new Difference(
                        Kind.ROWS,
                        "what was released is not what was replayed, and the chain has nothing: "
                                + says(released, rows),
                        null,
                        rows));
    }

    private String says(ReleaseDocument released, List<Integer> rows) {
        return rows.isEmpty()
                ? "none, but something else that the hash covers"
                : RowDifferences.says(released, document, rows);
    }

    private Optional<Difference> hash() {
        Word ours = ChainRecord.word(document.releaseHash());
        if (recorded.releaseHash().isEmpty()) {
            return Optional.empty();
        }
        Word stands = recorded.releaseHash().get();
        // A quorum signed it all the same.
        Word signed =
                stands.equals(RoomContract.WITHHELD) ? recorded.offered().orElse(ours) : stands;
        return signed.equals(ours)
                ? Optional.empty()
                : Optional.of(
                        Difference.of(
                                Kind.HASH,
                                String.format(
                                        "%s: %s on chain%s", ANOTHER_RESULT, signed, signedBy())));
    }

    private Optional<Difference> conflict() {
        return recorded.conflicting().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Difference.of(
                                Kind.CONFLICT,
                                "a quorum signed something else as well: "
                                        + recorded.conflicting().get(0)));
    }

    private String signedBy() {
        return recorded.signers().isEmpty()
                ? ""
                : "; signed by " + String.join(", ", recorded.signers());
    }
}
