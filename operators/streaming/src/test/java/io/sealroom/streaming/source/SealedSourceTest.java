package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.testing.TestingRoom;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.types.PojoTestUtils;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

final class SealedSourceTest {

    private static final Map<String, String> KAFKA = Map.of("bootstrap.servers", "127.0.0.1:1");

    private final TestingRoom room = TestingRoom.small();
    private final Policy policy = room.policy();

    @Test
    void of_supplier_unboundedAndBoundedOnRequest() {
        SealedSource source = SealedSource.of(policy, room.identity(), "publisher", KAFKA);
        assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(source.upToNow().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void of_travelsToTaskManagers() throws Exception {
        SealedSource source =
                InstantiationUtil.clone(
                        SealedSource.of(policy, room.identity(), "publisher", KAFKA));
        assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(source.upToNow().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void getProducedType_sourceRecord_withoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(SourceRecord.class);
        assertThat(
                        SealedSource.of(policy, room.identity(), "publisher", KAFKA)
                                .getProducedType()
                                .getTypeClass())
                .isEqualTo(SourceRecord.class);
    }

    @Test
    void of_unknownOrEvaluatingPartner_refused() {
        TestingRoom withBank =
                TestingRoom.small(
                        text ->
                                text.replace(
                                        "nodes:",
                                        """
                                          - {name: bank, address: "0x0000000000000000000000000000000000000009", partitions: 0}
                                        nodes:"""));
        assertThatThrownBy(
                        () ->
                                SealedSource.of(
                                        withBank.policy(), withBank.identity(), "bank", KAFKA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bank only evaluates");
        assertThatThrownBy(() -> SealedSource.of(policy, room.identity(), "somebody", KAFKA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no partner somebody");
    }

    @Test
    void of_identityOfOtherPolicyOrRoom_refused() {
        RoomIdentity identity = room.identity();
        assertRefused(
                new RoomIdentity(
                        identity.chainId(), identity.contract(), identity.room(), Bytes32.ZERO));
        assertRefused(
                new RoomIdentity(
                        identity.chainId(),
                        identity.contract(),
                        "other-room",
                        identity.policyHash()));
    }

    @Test
    void parallelism_neverAbovePartitions() {
        assertThat(SealedSource.parallelism(policy, "publisher", 1)).isEqualTo(1);
        assertThat(SealedSource.parallelism(policy, "publisher", 8)).isEqualTo(2);
        assertThat(SealedSource.parallelism(policy, "advertiser", 8)).isEqualTo(1);
    }

    @Test
    void watermarks_alignedWithinTheLongestWindowOfTheRoom() {
        WatermarkAlignmentParams alignment =
                SealedSource.watermarks(policy).getAlignmentParameters();
        assertThat(alignment.isEnabled()).isTrue();
        assertThat(alignment.getWatermarkGroup()).isEqualTo("room small-room");
        assertThat(alignment.getMaxAllowedWatermarkDrift())
                .isEqualTo(Duration.ofHours(2).toMillis());
    }

    private void assertRefused(RoomIdentity identity) {
        assertThatThrownBy(() -> SealedSource.of(policy, identity, "publisher", KAFKA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identity must be of the given policy (room small-room");
    }
}
