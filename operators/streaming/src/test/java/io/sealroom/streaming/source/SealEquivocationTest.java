package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealEquivocation;
import io.sealroom.privacy.seal.SealEquivocation.Finding;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealEquivocationTest {

    private final TestingRoom room = TestingRoom.small();
    private final TestingPartner publisher = room.partner("publisher");
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");
    private final Seal seal = publisher.nextSeal(0, room.minute(20));

    @Test
    void judge_twoStatementsAboutOneSlice_convicts() {
        assertThat(judge(signed(0, 20, 1, false))).isEqualTo(Finding.CONVICTS);
        assertThat(judge(signed(10, 30, 0, false))).isEqualTo(Finding.CONVICTS);
        assertThat(judge(signed(0, 10, 0, false))).isEqualTo(Finding.CONVICTS);
    }

    @Test
    void judge_noSliceInCommonOrOtherPartition_unrelated() {
        assertThat(judge(signed(20, 30, 5, false))).isEqualTo(Finding.UNRELATED);
        assertThat(judge(signed(-10, 0, 5, false))).isEqualTo(Finding.UNRELATED);
        assertThat(judge(signed(20, 0, 5, false))).isEqualTo(Finding.UNRELATED);
        assertThat(judge(publisher.nextSeal(1, room.minute(20)))).isEqualTo(Finding.UNRELATED);
    }

    @Test
    void judge_sameStatementUnderAnyOfItsSignatures_same() {
        assertThat(judge(seal)).isEqualTo(Finding.SAME);
        assertThat(judge(SecondSignature.of(room, publisher, seal))).isEqualTo(Finding.SAME);
    }

    /** An honest agent re-anchors over a seal of its own that reached a damaged log. */
    @Test
    void judge_oneReanchors_convictsNobody() {
        assertThat(judge(signed(0, 30, 1, true))).isEqualTo(Finding.REANCHORED);
    }

    @Test
    void judge_otherSigner_notSigned() {
        Seal differing = signed(0, 20, 1, false);
        assertThat(judge(publisher.sign(differing, TestingKeys.chainKey("advertiser"))))
                .isEqualTo(Finding.NOT_SIGNED);
        assertThat(judge(differing.signed(seal.signature()))).isEqualTo(Finding.NOT_SIGNED);
    }

    @Test
    void judge_otherRoomPolicyOrPartition_notSigned() {
        TestingRoom other = TestingRoom.small(text -> text.replace("small-room", "other-room"));
        assertThat(judge(other.partner("publisher").nextSeal(0, room.minute(30))))
                .isEqualTo(Finding.NOT_SIGNED);
        assertThat(judge(signed(0, 0, 20, 1, false, Bytes32.ZERO))).isEqualTo(Finding.NOT_SIGNED);
        assertThat(judge(signed(2, 0, 20, 1, false, seal.policyHash())))
                .isEqualTo(Finding.NOT_SIGNED);
    }

    @Test
    void judge_bytesThatAreNoSeal_notSigned() {
        byte[] record = Codecs.SEAL.encode(seal);
        byte[] event =
                Codecs.BLINDED_EVENT.encode(publisher.events().view("ann", room.minute(1), "news"));
        for (byte[] other : List.of(new byte[0], new byte[] {1, 2, 3}, event)) {
            assertThat(SealEquivocation.judge(topic, record, other)).isEqualTo(Finding.NOT_SIGNED);
            assertThat(SealEquivocation.judge(topic, other, record)).isEqualTo(Finding.NOT_SIGNED);
        }
    }

    /** Held against the first seal in both orders: none of the two is special. */
    private Finding judge(Seal other) {
        byte[] one = Codecs.SEAL.encode(seal);
        byte[] two = Codecs.SEAL.encode(other);
        Finding finding = SealEquivocation.judge(topic, one, two);
        assertThat(SealEquivocation.judge(topic, two, one)).isEqualTo(finding);
        return finding;
    }

    private Seal signed(long from, long to, long count, boolean reanchor) {
        return signed(0, from, to, count, reanchor, seal.policyHash());
    }

    private Seal signed(
            int partition, long from, long to, long count, boolean reanchor, Bytes32 policy) {
        return publisher.sign(
                new Seal(
                        partition,
                        room.minute(from),
                        room.minute(to),
                        count,
                        seal.head(),
                        policy,
                        reanchor,
                        List.of(),
                        seal.signature()));
    }
}
