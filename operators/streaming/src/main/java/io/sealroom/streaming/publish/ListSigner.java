package io.sealroom.streaming.publish;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import java.util.List;

/** Signs lists of release hashes as this node. */
final class ListSigner {

    private final ChainSigner signer;
    private final RoomIdentity room;

    ListSigner(ChainSigner signer, RoomIdentity room) {
        this.signer = signer;
        this.room = room;
    }

    Address address() {
        return new Address(signer.account().hex());
    }

    /** The same bytes for the same list: nonces of signatures are derived. */
    SignatureRecord sign(WindowBounds window, List<ReleaseEntry> releases) {
        SignedReleases unsigned = SignedReleases.unsigned(window.start(), window.end(), releases);
        byte[] signature = signer.sign(Words.word(unsigned.digest(room))).toBytes();
        return new SignatureRecord(
                window.toBytes(),
                Codecs.SIGNED_RELEASES.encode(unsigned.signed(Bytes.of(signature))));
    }
}
