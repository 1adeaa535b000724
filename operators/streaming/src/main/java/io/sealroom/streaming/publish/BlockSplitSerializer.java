package io.sealroom.streaming.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: the cursor as u64. */
final class BlockSplitSerializer implements SimpleVersionedSerializer<BlockSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(BlockSplit split) {
        return ByteBuffer.allocate(Long.BYTES).putLong(split.nextBlock()).array();
    }

    @Override
    public BlockSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION || bytes.length != Long.BYTES) {
            throw new IOException(
                    String.format(
                            "receipt cursor must be version %d and %d bytes, got version %d and %d bytes",
                            VERSION, Long.BYTES, version, bytes.length));
        }
        return new BlockSplit(ByteBuffer.wrap(bytes).getLong());
    }
}
