package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes of a split in checkpoints and savepoints. Version 1, big-endian: int version and int length
 * of the Kafka split, its bytes, long end of the last seal, long count, 32 bytes chain head.
 */
final class SealedSplitSerializer implements SimpleVersionedSerializer<SealedSplit> {

    static final int VERSION = 1;

    private final SimpleVersionedSerializer<KafkaPartitionSplit> kafka =
            new KafkaPartitionSplitSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(SealedSplit split) throws IOException {
        byte[] kafkaBytes = kafka.serialize(split.kafka());
        DataOutputSerializer out = new DataOutputSerializer(128);
        out.writeInt(kafka.getVersion());
        out.writeInt(kafkaBytes.length);
        out.write(kafkaBytes);
        out.writeLong(split.progress().sealedUntil());
        out.writeLong(split.progress().chain().count());
        out.write(split.progress().chain().head().toBytes());
        return out.getCopyOfBuffer();
    }

    @Override
    public SealedSplit deserialize(int version, byte[] serialized) throws IOException {
        StateVersions.require("split", version, VERSION);
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        int kafkaVersion = in.readInt();
        byte[] kafkaBytes = StateVersions.readBytes(in, in.readInt());
        KafkaPartitionSplit kafkaSplit = kafka.deserialize(kafkaVersion, kafkaBytes);
        long sealedUntil = in.readLong();
        long count = in.readLong();
        Bytes32 head = Bytes32.of(StateVersions.readBytes(in, Bytes32.LENGTH));
        StateVersions.requireEnd("split", in);
        return new SealedSplit(
                kafkaSplit, new PartitionProgress(sealedUntil, new ChainHead(count, head)));
    }
}
