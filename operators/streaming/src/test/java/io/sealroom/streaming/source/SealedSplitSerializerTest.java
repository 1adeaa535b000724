package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.StandingSeal;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The bytes of every version stay readable for ever: the golden files are never regenerated. */
final class SealedSplitSerializerTest {

    private static final List<StandingSeal> STANDING =
            List.of(
                    new StandingSeal(
                            1_767_570_600_000L,
                            1_767_571_200_000L,
                            Bytes32.fromHex("bb".repeat(32)),
                            12),
                    new StandingSeal(
                            1_767_571_200_000L,
                            1_767_571_800_000L,
                            Bytes32.fromHex("cc".repeat(32)),
                            69));
    private static final SealedSplit SPLIT =
            split(3, 77, KafkaPartitionSplit.NO_STOPPING_OFFSET, STANDING);
    private static final SealedSplit SPLIT_OF_VERSION_ONE =
            split(3, 77, KafkaPartitionSplit.NO_STOPPING_OFFSET, List.of());
    private static final SealedSplit BOUNDED = split(1, 0, 4711, List.of());
    private static final Bytes32 ROOM = Bytes32.fromHex("aa".repeat(32));
    private static final SealedEnumeratorState STATE =
            new SealedEnumeratorState(ROOM, true, List.of(SPLIT, BOUNDED));

    private final SealedSplitSerializer splits = new SealedSplitSerializer();
    private final SealedEnumeratorStateSerializer states = new SealedEnumeratorStateSerializer();

    @Test
    void splits_roundTrip_equal() throws IOException {
        assertThat(splits.deserialize(2, splits.serialize(SPLIT))).isEqualTo(SPLIT);
        assertThat(splits.deserialize(2, splits.serialize(BOUNDED))).isEqualTo(BOUNDED);
        assertThat(SPLIT.splitId()).isEqualTo("small-room.events.publisher-3");
    }

    @Test
    void states_roundTrip_equal() throws IOException {
        SealedEnumeratorState empty =
                new SealedEnumeratorState(Bytes32.fromHex("bb".repeat(32)), false, List.of());
        assertThat(states.deserialize(1, states.serialize(STATE))).isEqualTo(STATE);
        assertThat(states.deserialize(1, states.serialize(empty))).isEqualTo(empty);
    }

    @Test
    void splits_goldenBytesOfVersionTwo_writtenAndRead() throws IOException {
        byte[] golden = golden("sealed-split-v2.hex");
        assertThat(splits.getVersion()).isEqualTo(2);
        assertThat(HexFormat.of().formatHex(splits.serialize(SPLIT)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(splits.deserialize(2, golden)).isEqualTo(SPLIT);
    }

    @Test
    void splits_goldenBytesOfVersionOne_readWithoutAnySeal() throws IOException {
        assertThat(splits.deserialize(1, golden("sealed-split-v1.hex")))
                .isEqualTo(SPLIT_OF_VERSION_ONE);
    }

    @Test
    void splits_mostSealsThatAreKept_readAndOneMoreRefused() throws IOException {
        int most = PartitionProgress.STANDING_MAX;
        SealedSplit full = split(3, 77, 99, Collections.nCopies(most, STANDING.get(0)));
        SealedSplit beyond = split(3, 77, 99, Collections.nCopies(most + 1, STANDING.get(0)));
        assertThat(splits.deserialize(2, splits.serialize(full))).isEqualTo(full);
        byte[] bytes = splits.serialize(beyond);
        assertThatThrownBy(() -> splits.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 65 standing seals, at most 64 are kept");
    }

    @Test
    void states_goldenBytes_writtenAndRead() throws IOException {
        byte[] golden = golden("sealed-enumerator-state-v1-of-splits-v2.hex");
        assertThat(states.getVersion()).isEqualTo(1);
        assertThat(HexFormat.of().formatHex(states.serialize(STATE)))
                .isEqualTo(HexFormat.of().formatHex(golden));
        assertThat(states.deserialize(1, golden)).isEqualTo(STATE);
    }

    @Test
    void states_goldenBytesWithSplitsOfVersionOne_read() throws IOException {
        assertThat(states.deserialize(1, golden("sealed-enumerator-state-v1.hex")))
                .isEqualTo(
                        new SealedEnumeratorState(
                                ROOM, true, List.of(SPLIT_OF_VERSION_ONE, BOUNDED)));
    }

    @Test
    void deserialize_unknownVersion_refusedWithBothVersions() throws IOException {
        byte[] split = splits.serialize(SPLIT);
        byte[] state = states.serialize(STATE);
        assertThatThrownBy(() -> splits.deserialize(3, split))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "SealedSource split has version 3, this build reads versions 1 to 2")
                .hasMessageContaining("savepoint");
        assertThatThrownBy(() -> states.deserialize(0, state))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("enumerator has version 0, this build reads versions 1 to 1");
    }

    @Test
    void deserialize_everyShorterAndOneLonger_refused() throws IOException {
        assertOnlyWholeBytesRead(splits, 2, splits.serialize(SPLIT));
        assertOnlyWholeBytesRead(splits, 1, golden("sealed-split-v1.hex"));
        assertOnlyWholeBytesRead(states, 1, states.serialize(STATE));
    }

    private static void assertOnlyWholeBytesRead(
            SimpleVersionedSerializer<?> serializer, int version, byte[] bytes) {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(version, cut))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(IOException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> serializer.deserialize(version, longer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 bytes too many");
    }

    private static SealedSplit split(
            int partition, long offset, long stop, List<StandingSeal> standing) {
        return new SealedSplit(
                new KafkaPartitionSplit(
                        new TopicPartition("small-room.events.publisher", partition), offset, stop),
                new PartitionProgress(
                        1_767_571_800_000L,
                        new ChainHead(
                                70,
                                Bytes32.fromHex(
                                        "000102030405060708090a0b0c0d0e0f"
                                                + "101112131415161718191a1b1c1d1e1f")),
                        standing));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = SealedSplitSerializerTest.class.getResourceAsStream(name)) {
            String hex =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return HexFormat.of().parseHex(hex.strip());
        }
    }
}
