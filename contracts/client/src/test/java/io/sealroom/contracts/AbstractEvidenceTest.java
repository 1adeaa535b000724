package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** What anyone can show a room, and what it shows others: on the real chain and on the fake. */
abstract class AbstractEvidenceTest extends RoomFixture {

    private static final long START = TestRoom.START;
    private static final long END = START + TestRoom.HOUR;

    // Totals.

    @Test
    void proveTotalsEquivocation_twoCommitments_isOnRecord() throws IOException {
        TotalsOffer first = parties.totals(2, START, END, "input");
        TotalsOffer second = parties.totals(2, START, END, "other input");

        assertThat(room.proveTotalsEquivocation(2, START, END, first, second))
                .isInstanceOf(ActionOutcome.Recorded.class);

        assertThat(newestEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.TotalsEquivocation.class,
                        event -> {
                            assertThat(event.partner()).isEqualTo(TestRoom.ADVERTISER);
                            assertThat(event.start()).isEqualTo(START);
                            assertThat(event.end()).isEqualTo(END);
                            assertThat(event.first()).isEqualTo(first.commitment());
                            assertThat(event.second()).isEqualTo(second.commitment());
                        });
    }

    @Test
    void proveTotalsEquivocation_noEvidence_isRefused() {
        TotalsOffer first = parties.totals(2, START, END, "input");
        Word digest =
                RoomDigests.totals(
                        room.location(),
                        TestRoom.ADVERTISER,
                        START,
                        END,
                        RoomDigests.id("other input"));
        TotalsOffer others =
                new TotalsOffer(RoomDigests.id("other input"), TestRoom.partner(0).sign(digest));
        TotalsOffer later = parties.totals(2, END, END + TestRoom.HOUR, "other input");
        TotalsOffer zero = new TotalsOffer(Word.ZERO, first.signature());

        assertThat(room.proveTotalsEquivocation(3, START, END, first, others))
                .isEqualTo(refused("UnknownPartner", 3, 3));
        assertThat(room.proveTotalsEquivocation(2, END, START, first, others))
                .isEqualTo(refused("WindowOutOfRoom", END, START, TestRoom.END));
        assertThat(room.proveTotalsEquivocation(2, START, END, first, first))
                .isEqualTo(refused("NoEquivocation"));
        assertThat(room.proveTotalsEquivocation(2, START, END, zero, first))
                .isEqualTo(refused("ZeroCommitment", TestRoom.ADVERTISER));
        assertThat(room.proveTotalsEquivocation(2, START, END, first, others))
                .isEqualTo(
                        refused(
                                "WrongSigner",
                                TestRoom.ADVERTISER,
                                TestRoom.partner(2).account(),
                                TestRoom.partner(0).account()));
        assertWrongSigner(room.proveTotalsEquivocation(2, START, END, first, later));
    }

    /** Something else was signed, so that anyone is recovered. */
    private static void assertWrongSigner(ActionOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ActionOutcome.Refused.class,
                        refused -> assertThat(refused.reason().name()).isEqualTo("WrongSigner"));
    }

    // Releases.

    @Test
    void proveReleaseEquivocation_twoReleases_isOnRecord() throws IOException {
        WindowOffer alone = parties.hourly(0, "root");
        WindowOffer both = parties.batch(0, "another root", "root");

        assertThat(
                        room.proveReleaseEquivocation(
                                START,
                                END,
                                parties.evidence(1, alone, 0),
                                parties.evidence(1, both, 0)))
                .isInstanceOf(ActionOutcome.Recorded.class);

        assertThat(newestEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        RoomEvent.ReleaseEquivocation.class,
                        event -> {
                            assertThat(event.node()).isEqualTo(TestRoom.node(1).account());
                            assertThat(event.query()).isEqualTo(TestRoom.HOURLY);
                            assertThat(event.start()).isEqualTo(START);
                            assertThat(event.end()).isEqualTo(END);
                            assertThat(event.first())
                                    .isEqualTo(alone.releases().get(0).releaseHash());
                            assertThat(event.second())
                                    .isEqualTo(both.releases().get(0).releaseHash());
                        });
    }

    @Test
    void proveReleaseEquivocation_noEvidence_isRefused() {
        WindowOffer alone = parties.hourly(0, "root");
        WindowOffer other = parties.hourly(0, "another root");
        WindowOffer both = parties.batch(0, "root", "another root");
        ReleaseEvidence evidence = parties.evidence(1, alone, 0);

        assertThat(room.proveReleaseEquivocation(START, TestRoom.END + 1, evidence, evidence))
                .isEqualTo(refused("WindowOutOfRoom", START, TestRoom.END + 1, TestRoom.END));
        assertThat(room.proveReleaseEquivocation(START, END, evidence, evidence))
                .isEqualTo(refused("NoEquivocation"));
        assertThat(prove(evidence, parties.evidence(1, both, 0)))
                .isEqualTo(refused("NoEquivocation"));
        assertThat(prove(evidence, parties.evidence(1, both, 1)))
                .isEqualTo(refused("NoEquivocation"));
        assertThat(prove(evidence, parties.evidence(2, other, 0)))
                .isEqualTo(refused("NoEquivocation"));
        assertThat(prove(evidence, parties.evidence(1, other, 1)))
                .isEqualTo(refused("Panic", 0x32));
        assertThat(prove(new ReleaseEvidence(List.of(), Signature.NONE, 0), evidence))
                .isEqualTo(refused("Panic", 0x32));
        Word digest = RoomDigests.releases(room.location(), START, END, alone.signedReleases());
        ReleaseEvidence partners =
                new ReleaseEvidence(alone.signedReleases(), TestRoom.partner(0).sign(digest), 0);
        assertThat(prove(partners, evidence))
                .isEqualTo(refused("NotANode", TestRoom.partner(0).account()));
    }

    private ActionOutcome prove(ReleaseEvidence first, ReleaseEvidence second) {
        return room.proveReleaseEquivocation(START, END, first, second);
    }

    // Rows.

    @Test
    void verifyRow_ofTheReleaseOnRecord_isTrueForThatAlone() throws IOException {
        activate();
        ReleasedRow first = row(0, 1234);
        ReleasedRow second = row(1, -3);
        Word one = RoomDigests.rowLeaf(first);
        Word two = RoomDigests.rowLeaf(second);
        ReleaseOffer unsigned =
                new ReleaseOffer(
                        TestRoom.HOURLY,
                        2,
                        pair(one, two),
                        RoomDigests.id("mechanisms"),
                        Word.ZERO);
        WindowOffer offer = parties.of(unsigned);
        ReleaseOffer release = offer.releases().get(0);
        Word totals = offer.totalsHash();
        assertThat(room.verifyRow(first, release, totals, List.of(two))).isFalse();
        assertThat(room.publish(offer)).hasOnlyElementsOfType(PublishOutcome.Accepted.class);

        assertThat(room.verifyRow(first, release, totals, List.of(two))).isTrue();
        assertThat(room.verifyRow(second, release, totals, List.of(one))).isTrue();
        assertThat(room.verifyRow(first, release, totals, List.of(one))).isFalse();
        assertThat(room.verifyRow(first, release, totals, List.of())).isFalse();
        assertThat(room.verifyRow(row(0, 1235), release, totals, List.of(two))).isFalse();
        assertThat(room.verifyRow(row(2, 1234), release, totals, List.of(two))).isFalse();
        assertThat(room.verifyRow(first, release, Word.ZERO, List.of(two))).isFalse();
        assertThat(
                        room.verifyRow(
                                first,
                                TestRoom.release(TestRoom.HOURLY_TOO, "root"),
                                totals,
                                List.of(two)))
                .isFalse();
    }

    private static ReleasedRow row(int index, long value) {
        return new ReleasedRow(
                index,
                TestRoom.HOURLY,
                START,
                END,
                Word.ZERO,
                0,
                0,
                BigInteger.valueOf(value),
                RoomDigests.id("salt " + index));
    }

    private static Word pair(Word one, Word two) {
        boolean rising = one.toString().compareTo(two.toString()) < 0;
        String low = (rising ? one : two).toString();
        String high = (rising ? two : one).toString();
        return Word.fromHex(Hash.sha3(low + high.substring(2)));
    }
}
