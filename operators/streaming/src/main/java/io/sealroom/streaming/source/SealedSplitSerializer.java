package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.StandingSeal;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes of a split in checkpoints and savepoints. Version 1, big-endian: int version and int length
 * of the Kafka split, its bytes, long end of the last seal, long count, 32 bytes chain head.
 * Version 2 adds the standing seals: int number, for each long from, long to, 32 bytes content,
 * long offset. Restored from version 1, a partition remembers no seal: a repeat of one from before
 * is then out of order.
 */
final class SealedSplitSerializer implements SimpleVersionedSerializer<SealedSplit> {

    static final int VERSION = 2;
    private static final int WITHOUT_SEALS = 1;

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
        out.writeInt(split.progress().standing().size());
        for (StandingSeal seal : split.progress().standing()) {
            out.writeLong(seal.from());
            out.writeLong(seal.to());
            out.write(seal.content().toBytes());
            out.writeLong(seal.offset());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public SealedSplit deserialize(int version, byte[] serialized) throws IOException {
        StateVersions.require("split", version, WITHOUT_SEALS, VERSION);
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        int kafkaVersion = in.readInt();
        byte[] kafkaBytes = StateVersions.readBytes(in, in.readInt());
        KafkaPartitionSplit kafkaSplit = kafka.deserialize(kafkaVersion, kafkaBytes);
        long sealedUntil = in.readLong();
        long count = in.readLong();
        Bytes32 head = Bytes32.of(StateVersions.readBytes(in, Bytes32.LENGTH));
        List<StandingSeal> standing =
                version == WITHOUT_SEALS ? List.of() : readStanding(in, in.readInt());
        StateVersions.requireEnd("split", in);
        return new SealedSplit(
                kafkaSplit,
                new PartitionProgress(sealedUntil, new ChainHead(count, head), standing));
    }

    private static List<StandingSeal> readStanding(DataInputDeserializer in, int count)
            throws IOException {
        if (count < 0 || count > PartitionProgress.STANDING_MAX) {
            throw new IOException(
                    String.format(
                            "state of a SealedSource split has %d standing seals, at most %d are"
                                    + " kept",
                            count, PartitionProgress.STANDING_MAX));
        }
        List<StandingSeal> seals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seals.add(
                    new StandingSeal(
                            in.readLong(),
                            in.readLong(),
                            Bytes32.of(StateVersions.readBytes(in, Bytes32.LENGTH)),
                            in.readLong()));
        }
        return seals;
    }
}
