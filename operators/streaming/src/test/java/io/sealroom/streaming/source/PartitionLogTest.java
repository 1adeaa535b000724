package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.StandingSeal;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PartitionLogTest {

    private final TestingRoom room = TestingRoom.small();
    private final TestingPartner publisher = room.partner("publisher");
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), room.policy(), "publisher");

    /** Two events, a seal of the first slice, an event, a seal of the second. */
    @BeforeEach
    void writeTwoSlices() {
        publisher.write(0, publisher.events().view("ann", room.minute(1), "news"));
        publisher.write(0, publisher.events().view("bob", room.minute(2), "news"));
        publisher.seal(0, room.minute(10));
        publisher.write(0, publisher.events().view("cid", room.minute(12), "news"));
        publisher.seal(0, room.minute(20));
    }

    @Test
    void take_honestLog_eventsAndVerdictsAndPartnersOwnChain() {
        PartitionLog log = log();
        assertThat(outcomes(log, publisher.records(0)))
                .containsExactly("event", "event", "verdict", "event", "verdict");
        assertThat(log.progress())
                .isEqualTo(
                        new PartitionProgress(
                                room.minute(20),
                                publisher.chain(0),
                                List.of(standing(0, 10, 2), standing(10, 20, 4))));
        assertThat(log.progress().watermark()).isEqualTo(room.minute(20) - 1);
    }

    @Test
    void take_seal_verdictNamesWhatWasSealed() {
        PartitionLog log = log();
        log.take(0, publisher.records(0).get(0));
        log.take(1, publisher.records(0).get(1));
        ChainHead before = log.progress().chain();
        byte[] bytes = publisher.records(0).get(2);
        Verdict verdict = Objects.requireNonNull(log.take(2, bytes).verdict());
        assertThat(verdict.partner()).isZero();
        assertThat(verdict.partition()).isZero();
        assertThat(verdict.from()).isEqualTo(room.minute(0));
        assertThat(verdict.to()).isEqualTo(room.minute(10));
        assertThat(new ChainHead(verdict.count(), verdict.head())).isEqualTo(before);
        assertThat(verdict.reanchor()).isFalse();
        assertThat(verdict.seal()).isEqualTo(bytes);
    }

    @Test
    void take_event_recordHashIsThatOfItsBytes() {
        byte[] bytes = publisher.records(0).get(0);
        SourceRecord record = log().take(0, bytes);
        assertThat(Objects.requireNonNull(record.event()).recordHash())
                .isEqualTo(Digests.sha256(bytes));
    }

    @Test
    void take_eventLost_sealsRefusedForCount() {
        List<byte[]> records = new ArrayList<>(publisher.records(0));
        records.remove(1);
        PartitionLog log = log();
        assertThat(outcomes(log, records))
                .containsExactly("event", "SEAL_COUNT", "event", "SEAL_ORDER");
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(0));
    }

    @Test
    void take_eventAltered_sealRefusedForHead() {
        List<byte[]> records = new ArrayList<>(publisher.records(0));
        records.set(
                1,
                Codecs.BLINDED_EVENT.encode(
                        publisher.events().view("eve", room.minute(2), "news")));
        assertThat(outcomes(log(), records))
                .containsExactly("event", "event", "SEAL_HEAD", "event", "SEAL_ORDER");
    }

    @Test
    void take_eventDoubled_sealRefusedForCount() {
        List<byte[]> records = new ArrayList<>(publisher.records(0));
        records.add(1, records.get(0));
        assertThat(outcomes(log(), records))
                .containsExactly("event", "event", "event", "SEAL_COUNT", "event", "SEAL_ORDER");
    }

    @Test
    void take_eventsReordered_sealRefusedForHead() {
        List<byte[]> records = new ArrayList<>(publisher.records(0));
        Collections.swap(records, 0, 1);
        assertThat(outcomes(log(), records))
                .containsExactly("event", "event", "SEAL_HEAD", "event", "SEAL_ORDER");
    }

    @Test
    void take_sealRepeatedByteForByte_firstStandsAndRepeatIsNamed() {
        List<byte[]> records = publisher.records(0);
        PartitionLog log = log();
        outcomes(log, records.subList(0, 3));
        assertThat(log.take(3, records.get(2)).reject())
                .isEqualTo(new Reject("publisher", 0, 3, RejectReason.SEAL_REPEATED));
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(10));
    }

    /** ECDSA has many signatures for one content: a second one is no second statement. */
    @Test
    void take_sealRepeatedUnderAnotherSignature_repeated() {
        List<byte[]> records = publisher.records(0);
        PartitionLog log = log();
        outcomes(log, records);
        byte[] again = Codecs.SEAL.encode(SecondSignature.of(room, publisher, sealAt(records, 2)));
        assertThat(again).isNotEqualTo(records.get(2));
        assertThat(outcome(log.take(5, again))).isEqualTo("SEAL_REPEATED");
    }

    @Test
    void take_sealRepeatedAfterOthers_repeated() {
        PartitionLog log = log();
        outcomes(log, publisher.records(0));
        assertThat(outcome(log.take(5, publisher.records(0).get(2)))).isEqualTo("SEAL_REPEATED");
        assertThat(outcome(log.take(6, publisher.records(0).get(4)))).isEqualTo("SEAL_REPEATED");
    }

    @Test
    void take_sealThatDiffersFromAStandingOne_namesThatOne() {
        PartitionLog log = log();
        outcomes(log, publisher.records(0));
        Seal first = sealAt(publisher.records(0), 2);
        Seal second = sealAt(publisher.records(0), 4);
        assertThat(differs(log, 5, with(first, first.from(), first.to(), first.count() + 1)))
                .isEqualTo(2);
        assertThat(differs(log, 6, with(second, second.from(), second.to(), 0))).isEqualTo(4);
        // Of two that it contradicts, the earlier; that it reaches beyond what is sealed is no
        // help.
        assertThat(differs(log, 7, with(second, first.from(), room.minute(30), 6))).isEqualTo(2);
        assertThat(differs(log, 8, with(second, room.minute(5), room.minute(6), 6))).isEqualTo(2);
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(20));
        assertThat(log.progress().standing())
                .containsExactly(standing(0, 10, 2), standing(10, 20, 4));
    }

    @Test
    void take_sealThatDiffersUnsigned_signatureIsWhatIsWrong() {
        PartitionLog log = log();
        outcomes(log, publisher.records(0));
        Seal first = sealAt(publisher.records(0), 2);
        Seal forged =
                with(first, first.from(), first.to(), first.count() + 1).signed(first.signature());
        assertThat(outcome(log.take(5, Codecs.SEAL.encode(forged)))).isEqualTo("SEAL_SIGNATURE");
    }

    @Test
    void take_sealBeforeTheRoomOrEmpty_coversNothingThatStands() {
        PartitionLog log = log();
        outcomes(log, publisher.records(0));
        Seal first = sealAt(publisher.records(0), 2);
        for (Seal seal :
                List.of(
                        with(first, room.minute(-10), room.minute(0), 2),
                        with(first, room.minute(10), room.minute(10), 2),
                        with(first, room.minute(10), room.minute(5), 2))) {
            assertThat(outcome(log.take(5, Codecs.SEAL.encode(seal)))).isEqualTo("SEAL_ORDER");
        }
    }

    /** The 65th seal pushes the first out: about its slices nothing is known any more. */
    @Test
    void take_moreSealsThanAreKept_oldestForgottenAndStateBounded() {
        TestingRoom day =
                TestingRoom.small(text -> text.replace("2026-01-05T04:00", "2026-01-06T00:00"));
        TestingPartner partner = day.partner("publisher");
        PartnerTopic dayTopic = PartnerTopic.of(day.identity(), day.policy(), "publisher");
        PartitionLog log = new PartitionLog(dayTopic, 1, PartitionProgress.start(dayTopic, 1));
        for (int i = 1; i <= PartitionProgress.STANDING_MAX + 1; i++) {
            partner.seal(1, day.minute(10L * i));
        }
        List<byte[]> records = partner.records(1);
        outcomes(log, records);
        assertThat(log.progress().standing()).hasSize(PartitionProgress.STANDING_MAX);
        assertThat(outcome(log.take(99, records.get(0)))).isEqualTo("SEAL_ORDER");
        assertThat(outcome(log.take(99, records.get(1)))).isEqualTo("SEAL_REPEATED");
    }

    /** A refused seal does not stand: what follows at its place is judged by itself. */
    @Test
    void take_reanchorOverTheStartOfARefusedSeal_noContradiction() {
        TestingPartner damaged = room.partner("publisher");
        Seal wrong = damaged.nextSeal(0, room.minute(10));
        damaged.append(0, new byte[] {1});
        damaged.append(0, Codecs.SEAL.encode(wrong));
        damaged.reanchor(0, room.minute(20));
        PartitionLog log = log();
        assertThat(outcomes(log, damaged.records(0)))
                .containsExactly("UNDECODABLE", "SEAL_COUNT", "reanchor");
        assertThat(differs(log, 3, wrong)).isEqualTo(2);
    }

    @Test
    void take_sealOfTheYear2100_refusedAndNothingMoved() {
        long year2100 = 4_102_444_800_000L;
        TestingPartner partner = room.partner("publisher");
        Seal far = with(partner.nextSeal(0, room.minute(10)), room.minute(0), year2100, 0);
        partner.append(0, Codecs.SEAL.encode(far));
        partner.append(0, Codecs.SEAL.encode(reanchoring(partner, year2100)));
        partner.append(0, event("ann", year2100));
        PartitionLog log = log();
        assertThat(outcomes(log, partner.records(0)))
                .containsExactly("SEAL_SLICE", "SEAL_SLICE", "OUTSIDE_ROOM");
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(0));
    }

    @Test
    void take_gapBetweenSeals_outOfOrderAndNothingMoved() {
        TestingPartner partner = room.partner("publisher");
        Seal next = partner.nextSeal(0, room.minute(20));
        partner.append(0, Codecs.SEAL.encode(with(next, room.minute(10), room.minute(20), 0)));
        PartitionLog log = log();
        assertThat(outcomes(log, partner.records(0))).containsExactly("SEAL_ORDER");
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(0));
    }

    @Test
    void take_sealOfAnotherRoom_refused() {
        TestingRoom other = TestingRoom.small(text -> text.replace("small-room", "other-room"));
        TestingPartner stranger = other.partner("publisher");
        stranger.seal(0, other.minute(10));
        assertThat(outcomes(log(), stranger.records(0))).containsExactly("SEAL_POLICY");
    }

    /** Whose id it is, is decided where the events of a token meet: here both are admitted. */
    @Test
    void take_duplicateIdWithSameAndOtherContent_admitted() {
        BlindedEvent view = publisher.events().view("ann", room.minute(21), "news");
        BlindedEvent other = publisher.events().view("ann", room.minute(22), "sports");
        BlindedEvent sameId =
                new BlindedEvent(
                        view.eventId(),
                        other.epoch(),
                        other.identifierKind(),
                        other.tokens(),
                        other.kind(),
                        other.eventTime(),
                        other.cell(),
                        null);
        byte[] bytes = Codecs.BLINDED_EVENT.encode(view);
        assertThat(outcomes(log(), List.of(bytes, bytes, Codecs.BLINDED_EVENT.encode(sameId))))
                .containsExactly("event", "event", "event");
    }

    /** The query's cap takes care of it; a value has no other upper bound. */
    @Test
    void take_largestValue_admittedAndNegativeRefused() {
        SourceRecord record = log().take(0, conversion(Long.MAX_VALUE));
        assertThat(Objects.requireNonNull(record.event()).value()).isEqualTo(Long.MAX_VALUE);
        assertThat(outcome(log().take(0, conversion(-1)))).isEqualTo("NEGATIVE_VALUE");
        assertThat(outcome(log().take(0, conversion(Long.MIN_VALUE)))).isEqualTo("NEGATIVE_VALUE");
    }

    @Test
    void take_refusedSeal_countsInChainAndNextValidSealReleases() {
        TestingPartner damaged = room.partner("publisher");
        Seal wrong = damaged.nextSeal(1, room.minute(10));
        damaged.append(0, Codecs.SEAL.encode(wrong));
        damaged.write(0, damaged.events().view("ann", room.minute(1), "news"));
        damaged.seal(0, room.minute(10));
        assertThat(outcomes(log(), damaged.records(0)))
                .containsExactly("SEAL_PARTITION", "event", "verdict");
    }

    @Test
    void take_afterRefusedSeal_lateAndTooEarlyAgainstLastValidSeal() {
        List<byte[]> records = new ArrayList<>(publisher.records(0));
        records.remove(3);
        PartitionLog log = log();
        assertThat(outcomes(log, records))
                .containsExactly("event", "event", "verdict", "SEAL_COUNT");
        assertThat(outcome(log.take(9, event("ann", room.minute(9))))).isEqualTo("LATE");
        assertThat(outcome(log.take(10, event("ann", room.minute(15))))).isEqualTo("event");
        assertThat(outcome(log.take(11, event("ann", room.minute(71))))).isEqualTo("TOO_EARLY");
    }

    @Test
    void take_reanchorOverDamage_movesOnWithVerdict() {
        List<byte[]> damagedRecords = new ArrayList<>(publisher.records(0));
        damagedRecords.remove(3);
        TestingPartner reader = room.partner("publisher");
        damagedRecords.subList(0, 2).forEach(bytes -> reader.append(0, bytes));
        reader.appendSeal(0, sealAt(damagedRecords, 2));
        reader.append(0, damagedRecords.get(3));
        reader.reanchor(0, room.minute(130));
        reader.seal(0, room.minute(140));
        PartitionLog log = log();
        assertThat(outcomes(log, reader.records(0)))
                .containsExactly("event", "event", "verdict", "SEAL_COUNT", "reanchor", "verdict");
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(140));
    }

    @Test
    void take_garbage_namedAndCounted() {
        byte[] event = event("ann", room.minute(1));
        byte[] trailing = Arrays.copyOf(event, event.length + 1);
        byte[] cut = Arrays.copyOf(event, event.length - 1);
        byte[] foreign = event.clone();
        foreign[4] ^= 1;
        byte[] seal = publisher.records(0).get(2);
        byte[] reject = Codecs.REJECT.encode(new Reject("publisher", 0, 0, RejectReason.LATE));
        PartitionLog log = log();
        assertThat(
                        outcomes(
                                log,
                                List.of(
                                        trailing,
                                        cut,
                                        foreign,
                                        new byte[0],
                                        new byte[] {1, 2, 3},
                                        reject,
                                        Arrays.copyOf(seal, seal.length + 1),
                                        Arrays.copyOf(seal, seal.length - 1),
                                        new byte[PartitionLog.RECORD_BYTES_MAX + 1])))
                .containsExactly(
                        "TRAILING_BYTES",
                        "UNDECODABLE",
                        "UNKNOWN_SCHEMA",
                        "UNDECODABLE",
                        "UNDECODABLE",
                        "UNKNOWN_SCHEMA",
                        "TRAILING_BYTES",
                        "UNDECODABLE",
                        "OVERSIZE");
        assertThat(log.progress().chain().count()).isEqualTo(9);
    }

    @Test
    void take_nullValue_countsAsEmpty() {
        PartitionLog withNull = log();
        PartitionLog withEmpty = log();
        assertThat(outcome(withNull.take(0, null))).isEqualTo("UNDECODABLE");
        assertThat(outcome(withEmpty.take(0, new byte[0]))).isEqualTo("UNDECODABLE");
        assertThat(withNull.progress()).isEqualTo(withEmpty.progress());
    }

    @Test
    void take_reject_namesPartnerPartitionAndOffset() {
        SourceRecord record = log().take(77, new byte[0]);
        assertThat(record.reject())
                .isEqualTo(new Reject("publisher", 0, 77, RejectReason.UNDECODABLE));
    }

    @Test
    void take_resumedAtEveryRecord_sameOutcomesAndProgress() {
        List<byte[]> records = publisher.records(0);
        PartitionLog whole = log();
        List<String> expected = outcomes(whole, records);
        PartitionProgress progress = PartitionProgress.start(topic, 0);
        List<String> resumed = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            PartitionLog log = new PartitionLog(topic, 0, progress);
            resumed.add(outcome(log.take(i, records.get(i))));
            progress = log.progress();
        }
        assertThat(resumed).isEqualTo(expected);
        assertThat(progress).isEqualTo(whole.progress());
    }

    @Test
    void take_largestSealOfTheSchema_notOversize() {
        RecipientSecret secret =
                new RecipientSecret("r".repeat(40), Bytes32.ZERO, Bytes.of(new byte[80]));
        WindowPart part =
                new WindowPart(
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Bytes32.ZERO,
                        Bytes.of(new byte[65]),
                        Bytes32.ZERO,
                        Collections.nCopies(WindowPart.SECRETS_MAX, secret));
        Seal largest =
                new Seal(
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Bytes32.ZERO,
                        Bytes32.ZERO,
                        true,
                        Collections.nCopies(Seal.WINDOWS_MAX, part),
                        Bytes.of(new byte[65]));
        // A block of one costs at most a count, a size and an end: 16 bytes.
        int blocks = 16 * Seal.WINDOWS_MAX * (WindowPart.SECRETS_MAX + 1);
        assertThat(Codecs.SEAL.encode(largest).length + blocks)
                .isLessThan(PartitionLog.RECORD_BYTES_MAX);
    }

    @Test
    void construct_partitionBeyondPolicy_refused() {
        PartitionProgress start = PartitionProgress.start(topic, 0);
        assertThatThrownBy(() -> new PartitionLog(topic, 2, start))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 2)");
    }

    /** The same seal over other slices and another count, signed. */
    private Seal with(Seal seal, long from, long to, long count) {
        return publisher.sign(
                new Seal(
                        seal.partition(),
                        from,
                        to,
                        count,
                        seal.head(),
                        seal.policyHash(),
                        seal.reanchor(),
                        seal.windows(),
                        seal.signature()));
    }

    private static Seal reanchoring(TestingPartner partner, long to) {
        Seal next = partner.nextSeal(1, to);
        return partner.sign(
                new Seal(
                        0,
                        next.from(),
                        to,
                        partner.chain(0).count(),
                        partner.chain(0).head(),
                        next.policyHash(),
                        true,
                        List.of(),
                        next.signature()));
    }

    /** Takes a seal that must differ from a standing one, and gives the offset of that. */
    private static long differs(PartitionLog log, long offset, Seal seal) {
        Reject reject = Objects.requireNonNull(log.take(offset, Codecs.SEAL.encode(seal)).reject());
        assertThat(reject.reason()).isEqualTo(RejectReason.SEAL_DIFFERS);
        assertThat(reject.offset()).isEqualTo(offset);
        return Objects.requireNonNull(reject.contradicts());
    }

    /** The seal at an offset of the two slices that every test begins with. */
    private StandingSeal standing(long from, long to, int offset) {
        return new StandingSeal(
                room.minute(from),
                room.minute(to),
                sealAt(publisher.records(0), offset).structHash("publisher", 2),
                offset);
    }

    private byte[] conversion(long value) {
        return Codecs.BLINDED_EVENT.encode(
                publisher.events().conversion("ann", room.minute(1), value));
    }

    private PartitionLog log() {
        return new PartitionLog(topic, 0, PartitionProgress.start(topic, 0));
    }

    private byte[] event(String person, long time) {
        return Codecs.BLINDED_EVENT.encode(publisher.events().view(person, time, "news"));
    }

    private static Seal sealAt(List<byte[]> records, int index) {
        return Codecs.SEAL.decode(records.get(index)).toOptional().orElseThrow();
    }

    private static List<String> outcomes(PartitionLog log, List<byte[]> records) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            outcomes.add(outcome(log.take(i, records.get(i))));
        }
        return outcomes;
    }

    private static String outcome(SourceRecord record) {
        if (record.reject() != null) {
            return record.reject().reason().name();
        }
        if (record.verdict() != null) {
            return record.verdict().reanchor() ? "reanchor" : "verdict";
        }
        return "event";
    }
}
