package io.sealroom.streaming.publish;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.NodeSignature;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.contracts.WindowOffer;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.TotalsEntry;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Makes of what a quorum signed what the contract takes. */
final class Offers {

    private Offers() {}

    /**
     * The totals are those of the first release: all releases of a window are over the same input.
     * If they were not, the contract would compute another hash than the nodes signed, and refuse.
     *
     * @param room of the contract
     * @throws SuppressRestartsException if they are releases of another room: the job was started
     *     from another room's state
     */
    static WindowOffer of(QuorumOffer offer, RoomLocation room) {
        List<PendingRelease> releases =
                offer.releases().stream().map(CheckedPending::release).toList();
        releases.forEach(release -> requireRoom(release.document().identity(), room));
        return new WindowOffer(
                offer.window().start(),
                offer.window().end(),
                releases.get(0).document().totals().stream().map(Offers::totals).toList(),
                releases.stream().map(Offers::release).toList(),
                offer.signatures().stream().map(Offers::signature).toList());
    }

    private static ReleaseOffer release(PendingRelease release) {
        ReleaseDocument document = release.document();
        return new ReleaseOffer(
                Words.word(document.queryId()),
                document.rows().size(),
                Words.word(release.root()),
                Words.word(document.mechanismsHash()),
                Words.word(release.releaseHash()));
    }

    private static TotalsOffer totals(TotalsEntry entry) {
        return new TotalsOffer(
                Words.word(entry.commitment()), Signature.of(entry.signature().toBytes()));
    }

    private static NodeSignature signature(QuorumSignature signature) {
        return new NodeSignature(
                new Account(signature.node().hex()), Signature.of(signature.signature()));
    }

    private static void requireRoom(RoomIdentity identity, RoomLocation room) {
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
}
