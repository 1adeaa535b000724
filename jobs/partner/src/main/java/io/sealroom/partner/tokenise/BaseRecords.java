package io.sealroom.partner.tokenise;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of a base, one at a time. */
interface BaseRecords extends Closeable {

    /** The next record, empty lines skipped; null at the end of the file. */
    @Nullable BaseRecord next() throws IOException;
}
