package io.sealroom.streaming.source;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/** What reading the source's state refuses, in one wording. */
final class StateVersions {

    private StateVersions() {}

    /**
     * @param oldest first version that this build reads
     * @param newest the one that it writes
     */
    static void require(String what, int found, int oldest, int newest) throws IOException {
        if (found < oldest || found > newest) {
            throw new IOException(
                    String.format(
                            "state of a SealedSource %s has version %d, this build reads versions"
                                    + " %d to %d: restore it with the Sealroom version that wrote"
                                    + " it, or start the job without this savepoint",
                            what, found, oldest, newest));
        }
    }

    static byte[] readBytes(DataInputDeserializer in, int length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new IOException(
                    String.format(
                            "state of a SealedSource is cut short: %d bytes expected, %d there",
                            length, in.available()));
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void requireEnd(String what, DataInputDeserializer in) throws IOException {
        if (in.available() != 0) {
            throw new IOException(
                    String.format(
                            "state of a SealedSource %s has %d bytes too many",
                            what, in.available()));
        }
    }
}
