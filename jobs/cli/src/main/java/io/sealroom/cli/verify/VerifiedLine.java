package io.sealroom.cli.verify;

import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import java.util.Optional;

/**
 * One line of the file and what was found of it.
 *
 * @param number from 1
 * @param release what the line says; empty if it is not a release
 */
public record VerifiedLine(long number, Optional<Release> release, Verdict verdict) {

    /** What the release's hash covers. */
    Optional<ReleaseDocument> document() {
        return release.map(known -> known.pending().document());
    }
}
