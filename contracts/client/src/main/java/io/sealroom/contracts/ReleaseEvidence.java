package io.sealroom.contracts;

import java.util.List;

/**
 * A list of releases that a node signed, as evidence of what it said of one query.
 *
 * @param releases the whole list, in the order that was signed
 * @param signature EIP-712 Releases over it
 * @param index position of the one that matters
 */
public record ReleaseEvidence(List<SignedRelease> releases, Signature signature, int index) {

    public ReleaseEvidence {
        releases = List.copyOf(releases);
        if (index < 0) {
            throw new IllegalArgumentException("index must be at least 0, given " + index);
        }
    }
}
