package io.sealroom.streaming.publish;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.NodeSignature;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.schemas.release.TotalsEntry;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Makes of a pending release what the contract takes, signed by this node alone: a quorum of one.
 */
final class OfferSigner {

    private final ChainSigner signer;
    private final RoomLocation room;

    /**
     * @param room whose releases are signed
     */
    OfferSigner(ChainSigner signer, RoomLocation room) {
        this.signer = signer;
        this.room = room;
    }

    /**
     * The same bytes for the same release: nonces of signatures are derived.
     *
     * @throws SuppressRestartsException if it is a release of another room: the job was started
     *     from another room's state
     */
    ReleaseOffer offer(PendingRelease release) {
        ReleaseDocument document = release.document();
        requireRoom(document.identity());
        SignedReleases alone =
                SignedReleases.unsigned(
                        document.start(), document.end(), List.of(document.entry()));
        Bytes32 digest = alone.digest(document.identity());
        Signature signature = signer.sign(Words.word(digest));
        return new ReleaseOffer(
                Words.word(document.queryId()),
                document.start(),
                document.end(),
                document.rows().size(),
                Words.word(release.root()),
                Words.word(document.mechanismsHash()),
                Words.word(release.releaseHash()),
                document.totals().stream().map(OfferSigner::totals).toList(),
                List.of(new NodeSignature(signer.account(), signature)));
    }

    private void requireRoom(RoomIdentity identity) {
        RoomLocation found = Words.location(identity);
        if (!found.equals(room)) {
            throw new SuppressRestartsException(
                    new IllegalStateException(
                            String.format(
                                    "a release must be of the room of the contract sink: expected %s, found %s;"
                                            + " was the job started from another room's savepoint?",
                                    room, found)));
        }
    }

    private static TotalsOffer totals(TotalsEntry entry) {
        return new TotalsOffer(
                Words.word(entry.commitment()), Signature.of(entry.signature().toBytes()));
    }
}
