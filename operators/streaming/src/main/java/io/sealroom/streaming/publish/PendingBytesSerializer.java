package io.sealroom.streaming.publish;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: a PendingRelease in single-object encoding, which names its own schema. */
final class PendingBytesSerializer implements SimpleVersionedSerializer<byte[]> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(byte[] value) {
        return value;
    }

    @Override
    public byte[] deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    String.format(
                            "state of the contract sink must be version %d, got version %d",
                            VERSION, version));
        }
        return bytes;
    }
}
