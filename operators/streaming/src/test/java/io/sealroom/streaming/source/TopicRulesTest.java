package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TopicRulesTest {

    private static final long FOUR_HOURS = 4 * 3_600_000;

    private final TestingRoom room = TestingRoom.small();
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");

    @Test
    void violation_keptForEver_none() {
        assertThat(violation("delete", -1, -1, List.of(0L, 0L))).isEmpty();
    }

    @Test
    void violation_keptAsLongAsTheRoom_none() {
        assertThat(violation("delete", FOUR_HOURS, -1, List.of(0L, 0L))).isEmpty();
    }

    @Test
    void violation_otherNumberOfPartitions_namesBoth() {
        assertThat(violation("delete", -1, -1, List.of(0L)).orElseThrow())
                .contains("small-room.events.publisher", "has 1 partitions, the policy says 2");
        assertThat(violation("delete", -1, -1, List.of(0L, 0L, 0L)).orElseThrow())
                .contains("has 3 partitions, the policy says 2");
    }

    @Test
    void violation_compaction_namesTheSetting() {
        assertThat(violation("compact", -1, -1, List.of(0L, 0L)).orElseThrow())
                .contains("cleanup.policy=compact");
        assertThat(violation("compact,delete", -1, -1, List.of(0L, 0L)).orElseThrow())
                .contains("cleanup.policy=compact,delete");
    }

    @Test
    void violation_retentionShorterThanRoom_namesBoth() {
        assertThat(violation("delete", FOUR_HOURS - 1, -1, List.of(0L, 0L)).orElseThrow())
                .contains("retention.ms=14399999", "14400000 ms");
    }

    @Test
    void violation_retentionBySize_namesTheSetting() {
        assertThat(violation("delete", -1, 1_000_000, List.of(0L, 0L)).orElseThrow())
                .contains("retention.bytes=1000000");
    }

    @Test
    void violation_firstRecordsDeleted_onlyWhenStartingThere() {
        TopicFacts facts =
                new TopicFacts(
                        "delete",
                        -1,
                        -1,
                        "uncompressed",
                        1_048_588,
                        List.of(0L, 9L),
                        List.of(10L, 10L));
        assertThat(TopicRules.violation(topic, facts, true).orElseThrow())
                .contains("begins at offset 9 in partition 1");
        assertThat(TopicRules.violation(topic, facts, false)).isEmpty();
    }

    @Test
    void nodeTopic_onePartitionKeptForEver_none() {
        assertThat(nodeViolation("delete", -1, -1, List.of(0L))).isEmpty();
    }

    @Test
    void nodeTopic_other_namesTopicFoundWantedAndTheCommand() {
        assertThat(nodeViolation("delete", -1, -1, List.of(0L, 0L)).orElseThrow())
                .startsWith("topic small-room.signatures has partitions=2, wanted is 1")
                .contains("`sealroom room topics`");
        assertThat(nodeViolation("compact", -1, -1, List.of(0L)).orElseThrow())
                .contains("cleanup.policy=compact, wanted is delete");
        assertThat(nodeViolation("delete", 10 * FOUR_HOURS, -1, List.of(0L)).orElseThrow())
                .contains("retention.ms=144000000, wanted is -1");
        assertThat(nodeViolation("delete", -1, 1_000_000, List.of(0L)).orElseThrow())
                .contains("retention.bytes=1000000, wanted is -1");
    }

    @Test
    void violation_compressedBatches_namesTheSettingOfBothKinds() {
        TopicFacts facts = sized("producer", 1_048_588);
        assertThat(TopicRules.violation(topic, facts, true).orElseThrow())
                .contains("small-room.events.publisher", "has compression.type=producer")
                .contains("Set compression.type=uncompressed");
        assertThat(TopicRules.violation("small-room.signatures", facts, 0).orElseThrow())
                .startsWith("topic small-room.signatures has compression.type=producer");
        assertThat(TopicRules.violation("small-room.signatures", sized("zstd", 1_000), 0))
                .isPresent();
    }

    @Test
    void violation_hugeBatches_namesBoth() {
        TopicFacts facts = sized("uncompressed", 1_048_589);
        assertThat(TopicRules.violation(topic, facts, true).orElseThrow())
                .contains("has max.message.bytes=1048589", "Set max.message.bytes=1048588");
        assertThat(TopicRules.violation("small-room.signatures", facts, 0)).isPresent();
    }

    @Test
    void nodeTopic_largeReleases_takesThemAndNothingLarger() {
        assertThat(releases(5_000_000, 5_000_000)).isEmpty();
        assertThat(releases(5_000_001, 5_000_000).orElseThrow())
                .contains("has max.message.bytes=5000001", "Set max.message.bytes=5000000");
        assertThat(releases(4_999_999, 5_000_000).orElseThrow())
                .startsWith("topic small-room.node.releases has max.message.bytes=4999999")
                .contains("largest release needs 5000000", "Set max.message.bytes=5000000");
        assertThat(releases(1_048_588, 2_000)).isEmpty();
        assertThat(releases(1_000_012, 2_000)).isEmpty();
        assertThat(releases(1_999, 2_000).orElseThrow())
                .contains("largest release needs 2000", "Set max.message.bytes=1048588");
        assertThat(releases(1_048_589, 2_000)).isPresent();
    }

    private static Optional<String> releases(int messageBytesMax, int bytesNeeded) {
        List<Long> offsets = List.of(0L);
        return TopicRules.violation(
                "small-room.node.releases",
                new TopicFacts("delete", -1, -1, "uncompressed", messageBytesMax, offsets, offsets),
                bytesNeeded);
    }

    private static TopicFacts sized(String compression, int messageBytesMax) {
        List<Long> offsets = List.of(0L, 0L);
        return new TopicFacts("delete", -1, -1, compression, messageBytesMax, offsets, offsets);
    }

    private static Optional<String> nodeViolation(
            String cleanup, long retentionMillis, long retentionBytes, List<Long> offsets) {
        return TopicRules.violation(
                "small-room.signatures",
                new TopicFacts(
                        cleanup,
                        retentionMillis,
                        retentionBytes,
                        "uncompressed",
                        1_048_588,
                        offsets,
                        offsets),
                1_048_588);
    }

    private Optional<String> violation(
            String cleanup, long retentionMillis, long retentionBytes, List<Long> offsets) {
        return TopicRules.violation(
                topic,
                new TopicFacts(
                        cleanup,
                        retentionMillis,
                        retentionBytes,
                        "uncompressed",
                        1_048_588,
                        offsets,
                        offsets),
                true);
    }
}
