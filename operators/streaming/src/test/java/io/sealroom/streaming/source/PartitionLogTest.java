package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.RecipientSecret;
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
                .isEqualTo(new PartitionProgress(room.minute(20), publisher.chain(0)));
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
    void take_sealRepeatedByteForByte_firstStandsAndRepeatIsOutOfOrder() {
        List<byte[]> records = publisher.records(0);
        PartitionLog log = log();
        outcomes(log, records.subList(0, 3));
        assertThat(outcome(log.take(3, records.get(2)))).isEqualTo("SEAL_ORDER");
        assertThat(log.progress().sealedUntil()).isEqualTo(room.minute(10));
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
        byte[] reject =
                Codecs.REJECT.encode(
                        new io.sealroom.schemas.record.Reject(
                                "publisher", 0, 0, RejectReason.LATE));
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
                .isEqualTo(
                        new io.sealroom.schemas.record.Reject(
                                "publisher", 0, 77, RejectReason.UNDECODABLE));
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
