package io.sealroom.cli.releases;

import io.sealroom.schemas.release.Release;
import java.io.IOException;

/** Writes releases in one of the formats. */
@FunctionalInterface
interface ReleasePrinter {

    void print(Release release) throws IOException;
}
