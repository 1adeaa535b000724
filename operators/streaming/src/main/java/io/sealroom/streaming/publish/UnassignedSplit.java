package io.sealroom.streaming.publish;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * State of the source's enumerator.
 *
 * @param split the split while no reader has it
 */
public record UnassignedSplit(Optional<BlockSplit> split) {

    /** Version 1: nothing, or the split of version 1. */
    static final class Serializer implements SimpleVersionedSerializer<UnassignedSplit> {

        private final BlockSplitSerializer splits = new BlockSplitSerializer();

        @Override
        public int getVersion() {
            return splits.getVersion();
        }

        @Override
        public byte[] serialize(UnassignedSplit state) {
            return state.split().map(splits::serialize).orElse(new byte[0]);
        }

        @Override
        public UnassignedSplit deserialize(int version, byte[] bytes) throws IOException {
            return new UnassignedSplit(
                    bytes.length == 0
                            ? Optional.empty()
                            : Optional.of(splits.deserialize(version, bytes)));
        }
    }
}
