package io.sealroom.streaming.source;

import io.sealroom.schemas.hash.Bytes32;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes of the enumerator's state. Version 1, big-endian: 32 bytes room, boolean started, int
 * version of the splits, int number of splits, for each int length and bytes.
 */
final class SealedEnumeratorStateSerializer
        implements SimpleVersionedSerializer<SealedEnumeratorState> {

    static final int VERSION = 1;

    private final SealedSplitSerializer splits = new SealedSplitSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(SealedEnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.write(state.room().toBytes());
        out.writeBoolean(state.started());
        out.writeInt(splits.getVersion());
        out.writeInt(state.unassigned().size());
        for (SealedSplit split : state.unassigned()) {
            byte[] bytes = splits.serialize(split);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public SealedEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        StateVersions.require("enumerator", version, VERSION, VERSION);
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        Bytes32 room = Bytes32.of(StateVersions.readBytes(in, Bytes32.LENGTH));
        boolean started = in.readBoolean();
        int splitVersion = in.readInt();
        int count = in.readInt();
        List<SealedSplit> unassigned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            unassigned.add(
                    splits.deserialize(splitVersion, StateVersions.readBytes(in, in.readInt())));
        }
        StateVersions.requireEnd("enumerator", in);
        return new SealedEnumeratorState(room, started, unassigned);
    }
}
