package io.sealroom.streaming.release;

import static io.sealroom.streaming.release.ReleaseRoom.ADVERTISER;
import static io.sealroom.streaming.release.ReleaseRoom.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRules;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;
import io.sealroom.streaming.testing.TestingBackend;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingRoom;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Query 0 has windows of one hour, query 1 of two. */
@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class ReleaseFunctionTest {

    private static final int OVERLAP = 0;
    private static final int ATTRIBUTION = 1;

    private final ReleaseRoom room = new ReleaseRoom();

    @Test
    void onTimer_completeWindow_pendingReleaseAtItsEnd() throws Exception {
        try (var harness = harness("node-one", null)) {
            verdicts(harness, room.sealAll(60));
            total(harness, OVERLAP, 0, 0, 1_000_000);
            watermark(harness, 50);
            assertThat(harness.extractOutputValues()).isEmpty();
            watermark(harness, 60);
            ReleaseDocument document = document(harness.extractOutputValues().get(0));
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(document.query()).isEqualTo("email-overlap");
            assertThat(document.start()).isEqualTo(room.room.minute(0));
            assertThat(document.identity()).isEqualTo(room.room.identity());
            assertThat(document.rows().get(0).value())
                    .isBetween(BigInteger.valueOf(999_000), BigInteger.valueOf(1_001_000));
            assertThat(withheld(harness)).isEmpty();
        }
    }

    @Test
    void onTimer_key_queryIdAndStart() throws Exception {
        try (var harness = harness("node-one", null)) {
            verdicts(harness, room.sealAll(60));
            watermark(harness, 60);
            ByteBuffer key = ByteBuffer.wrap(harness.extractOutputValues().get(0).key());
            byte[] id = new byte[Bytes32.LENGTH];
            key.get(id);
            assertThat(id).isEqualTo(room.room.policy().query("email-overlap").id().toBytes());
            assertThat(key.getLong()).isEqualTo(room.room.minute(0));
            assertThat(key.hasRemaining()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.class)
    void onTimer_endOfTheRoom_releasedAndStateEmpty(TestingBackend backend) throws Exception {
        try (var harness = harness("node-one", null, backend)) {
            verdicts(harness, room.sealAll(240));
            total(harness, OVERLAP, 0, 0, 5);
            assertThat(TestingBackend.entries(harness)).isPositive();
            watermark(harness, 240);
            assertThat(harness.extractOutputValues()).hasSize(4 + 2);
            assertThat(withheld(harness)).isEmpty();
            assertThat(TestingBackend.entries(harness)).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void onTimer_anyOrderOfVerdictsAndTotals_sameBytes() throws Exception {
        List<Verdict> verdicts = room.sealAll(120);
        List<ExactTotal> totals = new ArrayList<>();
        for (int row = 0; row < 5; row++) {
            totals.add(
                    new ExactTotal(
                            OVERLAP, room.room.minute(60), row, BigInteger.valueOf(1000 + row)));
        }
        List<String> expected = null;
        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Collections.shuffle(totals, random);
            List<Verdict> shuffled = new ArrayList<>(verdicts);
            Collections.shuffle(shuffled, random);
            try (var harness = harness("node-one", null)) {
                for (ExactTotal total : totals) {
                    harness.processElement1(new StreamRecord<>(total));
                }
                verdicts(harness, shuffled);
                watermark(harness, 120);
                List<String> bytes = bytes(harness.extractOutputValues());
                assertThat(bytes).hasSize(3);
                expected = expected == null ? bytes : expected;
                assertThat(bytes).as("seed %s", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void onTimer_auditorReplays_sameBytesAsTheNode() throws Exception {
        List<Verdict> verdicts = room.sealAll(60);
        List<List<String>> outputs = new ArrayList<>();
        for (String recipient : new String[] {"node-one", "auditor-one"}) {
            try (var harness = harness(recipient, null)) {
                verdicts(harness, verdicts);
                total(harness, OVERLAP, 0, 2, 77);
                watermark(harness, 60);
                outputs.add(bytes(harness.extractOutputValues()));
            }
        }
        assertThat(outputs.get(0)).hasSize(1).isEqualTo(outputs.get(1));
    }

    @Test
    void restore_midWindow_sameBytes() throws Exception {
        List<Verdict> verdicts = room.sealAll(120);
        List<String> expected;
        try (var harness = harness("node-one", null)) {
            verdicts(harness, verdicts);
            total(harness, ATTRIBUTION, 0, 1, 5_000);
            watermark(harness, 120);
            expected = bytes(harness.extractOutputValues());
        }
        for (int cut = 0; cut <= verdicts.size(); cut++) {
            OperatorSubtaskState snapshot;
            try (var harness = harness("node-one", null)) {
                verdicts(harness, verdicts.subList(0, cut));
                total(harness, ATTRIBUTION, 0, 1, 5_000);
                snapshot = harness.snapshot(1, 1);
            }
            try (var harness = harness("node-one", snapshot)) {
                verdicts(harness, verdicts.subList(cut, verdicts.size()));
                watermark(harness, 120);
                assertThat(bytes(harness.extractOutputValues()))
                        .as("cut at %s", cut)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void onTimer_oneInputOnlyAdvanced_waitsForTheOther() throws Exception {
        try (var harness = harness("node-one", null)) {
            verdicts(harness, room.sealAll(60));
            harness.processWatermark2(new Watermark(room.room.minute(60) - 1));
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark1(new Watermark(room.room.minute(60) - 1));
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void onTimer_drainWithinAWindow_completeReleasedOthersIncomplete() throws Exception {
        try (var harness = harness("node-one", null)) {
            verdicts(harness, room.sealAll(60));
            total(harness, OVERLAP, 60, 0, 12);
            harness.processWatermark1(Watermark.MAX_WATERMARK);
            harness.processWatermark2(Watermark.MAX_WATERMARK);
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(document(harness.extractOutputValues().get(0)).start())
                    .isEqualTo(room.room.minute(0));
            assertThat(withheld(harness))
                    .containsExactlyInAnyOrder(
                            incomplete("email-overlap", 60, 120, "publisher", 0),
                            incomplete("email-last-touch", 0, 120, "publisher", 0));
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void onTimer_reanchored_withheldForEveryWindowItTouchesAndNoneElse() throws Exception {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(room.seal(PUBLISHER, 1, room.room.minute(60)));
        verdicts.add(room.seal(PUBLISHER, 0, room.room.minute(60)));
        verdicts.add(
                ReleaseRoom.verdict(PUBLISHER, room.publisher.reanchor(1, room.room.minute(130))));
        verdicts.add(room.seal(PUBLISHER, 0, room.room.minute(120)));
        verdicts.add(room.seal(PUBLISHER, 1, room.room.minute(180)));
        verdicts.addAll(room.sealAll(240));
        try (var harness = harness("node-one", null)) {
            verdicts(harness, verdicts);
            watermark(harness, 240);
            assertThat(withheld(harness))
                    .extracting(Withheld::query, Withheld::start, Withheld::reason)
                    .containsExactlyInAnyOrder(
                            broken("email-overlap", 60),
                            broken("email-overlap", 120),
                            broken("email-last-touch", 0),
                            broken("email-last-touch", 120));
            assertThat(harness.extractOutputValues())
                    .extracting(record -> document(record).start())
                    .containsExactlyInAnyOrder(room.room.minute(0), room.room.minute(180));
        }
    }

    @Test
    void onTimer_badTotals_withheldWithTheReasonAndNothingPending() throws Exception {
        List<Verdict> verdicts = new ArrayList<>(room.sealAll(60));
        verdicts.replaceAll(
                it ->
                        it.partner() == ADVERTISER
                                ? new Verdict(
                                        it.partner(),
                                        it.partition(),
                                        it.from(),
                                        it.to(),
                                        it.count() + 1,
                                        it.head(),
                                        it.reanchor(),
                                        it.seal())
                                : it);
        try (var harness = harness("node-one", null)) {
            verdicts(harness, verdicts);
            watermark(harness, 60);
            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(withheld(harness))
                    .containsExactly(
                            new Withheld(
                                    "email-overlap",
                                    room.room.minute(0),
                                    room.room.minute(60),
                                    WithheldReason.TOTALS_COMMITMENT,
                                    "advertiser",
                                    null));
        }
    }

    @Test
    void processElement_afterTheEnd_failsTheJob() throws Exception {
        List<Verdict> verdicts = room.sealAll(60);
        try (var harness = harness("node-one", null)) {
            watermark(harness, 60);
            assertThatThrownBy(() -> verdicts(harness, verdicts))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after the window's end");
            assertThatThrownBy(() -> total(harness, OVERLAP, 0, 0, 987_654))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining("987654");
        }
    }

    @Test
    void processElement1_sameRowTwice_failsTheJob() throws Exception {
        try (var harness = harness("node-one", null)) {
            total(harness, OVERLAP, 0, 0, 1);
            assertThatThrownBy(() -> total(harness, OVERLAP, 0, 0, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("two totals");
        }
    }

    @Test
    void restore_underAnotherPolicy_refusedForGood() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness("node-one", null)) {
            snapshot = harness.snapshot(1, 1);
        }
        TestingRoom other = TestingRoom.small(it -> it.replace("1000", "1001"));
        ReleaseFunction function = function(other, "node-one", ReleaseRoom.keyOf("node-one"));
        try (var harness = harness(function)) {
            assertThatThrownBy(() -> harness.initializeState(snapshot))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasStackTraceContaining(
                            "state of the stage release was written under the policy");
        }
    }

    /** A reference to a key, as a job carries it. */
    private record KeyAt(String path) implements NodeSecrets {
        private static final long serialVersionUID = 1;

        @Override
        public SecretBytes hpkePrivateKey() {
            return SecretBytes.copyOf(TestingKeys.hpkeKey("node-one"));
        }
    }

    @Test
    void serialise_functionOfAJob_holdsNoKey() throws Exception {
        ReleaseFunction function = function("node-one", new KeyAt("/etc/sealroom/hpke.key"));
        String bytes = HexFormat.of().formatHex(InstantiationUtil.serializeObject(function));
        assertThat(bytes)
                .doesNotContain(HexFormat.of().formatHex(TestingKeys.hpkeKey("node-one")))
                .contains(
                        HexFormat.of()
                                .formatHex(
                                        "/etc/sealroom/hpke.key"
                                                .getBytes(StandardCharsets.US_ASCII)));
    }

    private Withheld incomplete(
            String query, long from, long to, String partner, @Nullable Integer partition) {
        return new Withheld(
                query,
                room.room.minute(from),
                room.room.minute(to),
                WithheldReason.INCOMPLETE,
                partner,
                partition);
    }

    private Tuple broken(String query, long start) {
        return tuple(query, room.room.minute(start), WithheldReason.BROKEN);
    }

    private ReleaseFunction function(String recipient, NodeSecrets secrets) {
        return function(room.room, recipient, secrets);
    }

    private static ReleaseFunction function(
            TestingRoom room, String recipient, NodeSecrets secrets) {
        return new ReleaseFunction(
                room.policy().canonicalJson(),
                room.identity().chainId(),
                room.identity().contract().hex(),
                recipient,
                secrets);
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    WindowKey, ExactTotal, WindowVerdict, PendingRecord>
            harness(String recipient, @Nullable OperatorSubtaskState snapshot) throws Exception {
        return harness(recipient, snapshot, TestingBackend.HEAP);
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    WindowKey, ExactTotal, WindowVerdict, PendingRecord>
            harness(
                    String recipient,
                    @Nullable OperatorSubtaskState snapshot,
                    TestingBackend backend)
                    throws Exception {
        var harness = harness(function(recipient, ReleaseRoom.keyOf(recipient)));
        harness.setStateBackend(backend.make());
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    WindowKey, ExactTotal, WindowVerdict, PendingRecord>
            harness(ReleaseFunction function) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(function),
                WindowKey::of,
                WindowKey::of,
                TypeInformation.of(WindowKey.class));
    }

    private void verdicts(
            KeyedTwoInputStreamOperatorTestHarness<
                            WindowKey, ExactTotal, WindowVerdict, PendingRecord>
                    harness,
            List<Verdict> verdicts)
            throws Exception {
        VerdictExpansion expansion = VerdictExpansion.of(room.room.policy());
        List<WindowVerdict> expanded = new ArrayList<>();
        verdicts.forEach(it -> expansion.flatMap(it, new ListCollector<>(expanded)));
        for (WindowVerdict verdict : expanded) {
            harness.processElement2(new StreamRecord<>(verdict));
        }
    }

    private void total(
            KeyedTwoInputStreamOperatorTestHarness<
                            WindowKey, ExactTotal, WindowVerdict, PendingRecord>
                    harness,
            int query,
            long minute,
            int row,
            long total)
            throws Exception {
        harness.processElement1(
                new StreamRecord<>(
                        new ExactTotal(
                                query, room.room.minute(minute), row, BigInteger.valueOf(total))));
    }

    private void watermark(
            KeyedTwoInputStreamOperatorTestHarness<
                            WindowKey, ExactTotal, WindowVerdict, PendingRecord>
                    harness,
            long minute)
            throws Exception {
        Watermark watermark = new Watermark(room.room.minute(minute) - 1);
        harness.processWatermark1(watermark);
        harness.processWatermark2(watermark);
    }

    private static List<Withheld> withheld(
            KeyedTwoInputStreamOperatorTestHarness<
                            WindowKey, ExactTotal, WindowVerdict, PendingRecord>
                    harness) {
        @Nullable Queue<StreamRecord<Withheld>> output =
                harness.getSideOutput(ReleaseFunction.WITHHELD);
        return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
    }

    /** Sorted, because windows of one end come out in any order. */
    private static List<String> bytes(List<PendingRecord> records) {
        return records.stream()
                .map(
                        record ->
                                HexFormat.of().formatHex(record.key())
                                        + HexFormat.of().formatHex(record.value()))
                .sorted()
                .toList();
    }

    private static ReleaseDocument document(PendingRecord record) {
        Decoded<PendingRelease> decoded = Codecs.PENDING_RELEASE.decode(record.value());
        PendingRelease release = decoded.toOptional().orElseThrow();
        assertThat(ReleaseRules.faults(release)).isEmpty();
        return release.document();
    }
}
