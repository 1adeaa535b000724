package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Bytes32;

/**
 * A release that a node computed and that is not yet known to be final on chain. Root and hash are
 * what the node stated: {@link ReleaseDocument} recomputes them.
 *
 * @param document rows and what their hash covers
 * @param root stated Merkle root
 * @param releaseHash stated release hash
 */
public record PendingRelease(ReleaseDocument document, Bytes32 root, Bytes32 releaseHash) {

    /** With the root and hash that the document has. */
    public static PendingRelease of(ReleaseDocument document) {
        return new PendingRelease(document, document.root(), document.releaseHash());
    }
}
