package io.sealroom.cli.verify;

import io.sealroom.schemas.release.ReleaseDocument;
import java.util.Optional;

/**
 * One line of the file and what was found of it.
 *
 * @param number from 1
 * @param document what the line says; empty if it is not a release
 */
record VerifiedLine(long number, Optional<ReleaseDocument> document, Verdict verdict) {}
