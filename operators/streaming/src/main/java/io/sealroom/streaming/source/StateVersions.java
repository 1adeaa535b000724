package io.sealroom.streaming.source;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/** What reading the source's state refuses, in one wording. */
final class StateVersions {

    private StateVersions() {}

    static void require(String what, int found, int known) throws IOException {
        if (found != known) {
            throw new IOException(
                    String.format(
                            "state of a SealedSource %s has version %d, this build reads version"
                                    + " %d: restore it with the Sealroom version that wrote it,"
                                    + " or start the job without this savepoint",
                            what, found, known));
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
