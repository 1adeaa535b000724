package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.streaming.testing.LogLines;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This node is the first; it is its turn at windows 0, 3, 6, 9, and last at 1, 4, 7. */
class QuorumFunctionTest {

    private static final long EXPIRY = 1_000;
    private static final long STAGGER = 100;
    private static final int OWN_TURN = 9;
    private static final int LAST_TURN = 7;

    private final PendingRelease first = TestRoom.release(OWN_TURN);
    private final PendingRelease second = TestRoom.releaseToo(OWN_TURN);
    private final PendingRelease other = TestRoom.otherRelease(OWN_TURN);
    private QuorumFunction function = function(() -> TestRoom.NODE);
    private KeyedTwoInputStreamOperatorTestHarness<
                    WindowBounds, CheckedPending, QuorumInput, QuorumOffer>
            quorum;

    @BeforeEach
    void open() throws Exception {
        quorum = harness(null);
    }

    @AfterEach
    void close() throws Exception {
        quorum.close();
    }

    @Test
    void allPendings_signedTogetherForTheTopic() throws Exception {
        pending(first, second);
        assertThat(signed()).containsExactly(TestRoom.signed(TestRoom.NODE, first, second));
        assertThat(signedRecords().get(0).key())
                .isEqualTo(
                        new WindowBounds(OWN_TURN * TestRoom.HOUR, (OWN_TURN + 1) * TestRoom.HOUR)
                                .toBytes());
    }

    @Test
    void pendingsThenQuorum_offeredOnceWithExactlyQuorumSignatures() throws Exception {
        pending(first, second);
        signature(0, first, second);
        assertThat(offers()).isEmpty();
        signature(1, first, second);
        signature(2, first, second);
        signature(1, first, second);
        assertOffered(offerBy(0, 1, first, second));
    }

    @Test
    void quorumThenPendings_offeredOnce() throws Exception {
        signature(1, first, second);
        signature(0, first, second);
        pending(first);
        assertThat(offers()).isEmpty();
        pending(second);
        pending(first, second);
        assertOffered(offerBy(0, 1, first, second));
    }

    @Test
    void onlyQueryOfItsWindow_offered() throws Exception {
        PendingRelease lone =
                TestRoom.release(TestRoom.IDENTITY, TestRoom.LONG_QUERY, 2 * OWN_TURN, 2, 100, "");
        pending(lone);
        signature(0, lone);
        signature(1, lone);
        assertOffered(offerBy(0, 1, lone));
    }

    @Test
    void replayedPendingsAndSignatures_changeNothing() throws Exception {
        for (int i = 0; i < 3; i++) {
            pending(first, second);
            signature(0, first, second);
            signature(1, first, second);
        }
        assertThat(signed()).hasSize(1);
        assertThat(offers()).hasSize(1);
        assertThat(function.metrics.pendingsDropped.getCount()).isEqualTo(4);
        assertThat(function.metrics.signaturesDropped.getCount()).isEqualTo(4);
    }

    @Test
    void secondResultOfThisNode_droppedAndNotSigned() throws Exception {
        pending(first, second);
        pending(other);
        assertThat(signed()).hasSize(1);
        assertThat(function.metrics.pendingsDropped.getCount()).isEqualTo(1);
    }

    @Test
    void oneQueryMissing_otherGoesAloneAfterAWhile() throws Exception {
        pending(first);
        quorum.setProcessingTime(EXPIRY - 1);
        assertThat(signed()).isEmpty();
        quorum.setProcessingTime(EXPIRY);
        assertThat(signed()).containsExactly(TestRoom.signed(TestRoom.NODE, first));
        assertThat(function.metrics.expired.getCount()).isEqualTo(1);
        signature(0, first);
        signature(1, first);
        assertOffered(offerBy(0, 1, first));
    }

    @Test
    void oneQueryDisputed_otherGoesAloneAfterAWhile() throws Exception {
        pending(first, second);
        signature(0, first, second);
        signature(1, other, second);
        signature(2, other, second);
        quorum.setProcessingTime(EXPIRY);
        assertThat(signed())
                .containsExactly(
                        TestRoom.signed(TestRoom.NODE, first, second),
                        TestRoom.signed(TestRoom.NODE, first),
                        TestRoom.signed(TestRoom.NODE, second));
        signature(0, second);
        signature(2, second);
        signature(1, other);
        signature(2, other);
        assertOffered(offerBy(0, 2, second));
        assertThat(function.metrics.disagreeing.getCount()).isEqualTo(2);
    }

    @Test
    void togetherInTime_expiryChangesNothing() throws Exception {
        pending(first, second);
        signature(0, first, second);
        signature(1, first, second);
        quorum.setProcessingTime(EXPIRY);
        assertThat(signed()).hasSize(1);
        assertThat(offers()).hasSize(1);
        assertThat(function.metrics.expired.getCount()).isZero();
    }

    @Test
    void lastInTurn_offersWhenTheOthersHadTheirs() throws Exception {
        pending(TestRoom.release(LAST_TURN), TestRoom.releaseToo(LAST_TURN));
        agreed(LAST_TURN);
        quorum.setProcessingTime(2 * STAGGER - 1);
        assertThat(offers()).isEmpty();
        quorum.setProcessingTime(2 * STAGGER);
        assertThat(offers()).hasSize(1);
    }

    @Test
    void settledBeforeItsTurn_notOffered() throws Exception {
        pending(TestRoom.release(LAST_TURN), TestRoom.releaseToo(LAST_TURN));
        agreed(LAST_TURN);
        receipt(ReceiptKind.PUBLISHED, TestRoom.release(LAST_TURN));
        receipt(ReceiptKind.PUBLISHED, TestRoom.releaseToo(LAST_TURN));
        quorum.setProcessingTime(2 * STAGGER);
        assertThat(offers()).isEmpty();
        assertSettled(1);
    }

    @Test
    void partlySettledBeforeItsTurn_restOfferedAlone() throws Exception {
        PendingRelease rest = TestRoom.releaseToo(LAST_TURN);
        pending(TestRoom.release(LAST_TURN), rest);
        agreed(LAST_TURN);
        receipt(ReceiptKind.PUBLISHED, TestRoom.release(LAST_TURN));
        quorum.setProcessingTime(EXPIRY);
        signature(0, rest);
        signature(1, rest);
        quorum.setProcessingTime(EXPIRY + 2 * STAGGER);
        assertOffered(offerBy(0, 1, rest));
    }

    @Test
    void everyEventOfTheContract_settles() throws Exception {
        pending(first, second);
        signature(0, first, second);
        signature(1, first, second);
        receipt(ReceiptKind.WITHHELD, first);
        receipt(ReceiptKind.CONFLICT, second);
        assertSettled(1);
        assertThat(function.metrics.disagreeing.getCount()).isZero();
    }

    @Test
    void settledThenReplayed_nothingComesBack() throws Exception {
        pending(first, second);
        signature(0, first, second);
        signature(1, first, second);
        receipt(ReceiptKind.PUBLISHED, first);
        receipt(ReceiptKind.PUBLISHED, second);
        assertSettled(1);
        restore();
        pending(first, second);
        signature(0, first, second);
        signature(2, first, second);
        receipt(ReceiptKind.PUBLISHED, first);
        quorum.setProcessingTime(10 * EXPIRY);
        assertThat(signed()).isEmpty();
        assertThat(offers()).isEmpty();
        assertSettled(1);
    }

    @Test
    void pendingBytes_goWithTheirReceipt() throws Exception {
        pending(first, second);
        int both = quorum.numKeyedStateEntries();
        receipt(ReceiptKind.PUBLISHED, first);
        assertThat(quorum.numKeyedStateEntries()).isEqualTo(both);
        receipt(ReceiptKind.PUBLISHED, second);
        assertSettled(1);
    }

    @Test
    void downWhileOthersPublished_signsLateAndIsDone() throws Exception {
        signature(1, first, second);
        signature(2, first, second);
        receipt(ReceiptKind.PUBLISHED, first);
        receipt(ReceiptKind.PUBLISHED, second);
        assertSettled(1);
        pending(first, second);
        assertThat(signed()).hasSize(1);
        assertThat(offers()).isEmpty();
        assertSettled(1);
    }

    @Test
    void nodeThatDisagrees_reportedWithBothHashesAndCounted() throws Exception {
        try (LogLines lines = LogLines.of("io.sealroom.publish")) {
            pending(first, second);
            signature(1, other, second);
            signature(2, first, second);
            signature(1, other);
            assertThat(lines.written())
                    .singleElement(as(STRING))
                    .startsWith("ERROR Node node-two does not agree on query")
                    .contains(
                            Digests.id(TestRoom.QUERY).toHex(),
                            OWN_TURN * TestRoom.HOUR + ".." + (OWN_TURN + 1) * TestRoom.HOUR,
                            "signed " + other.releaseHash(),
                            "node node-one expects " + first.releaseHash());
        }
        assertThat(function.metrics.disagreeing.getCount()).isEqualTo(1);
        assertThat(function.metrics.equivocating.getCount()).isZero();
    }

    @Test
    void nodeThatEquivocates_reportedWithBothHashesAndCounted() throws Exception {
        try (LogLines lines = LogLines.of("io.sealroom.publish")) {
            signature(1, other, second);
            signature(1, first, second);
            assertThat(lines.written())
                    .singleElement(as(STRING))
                    .startsWith("ERROR Node node-two signed two hashes for query")
                    .contains(other.releaseHash() + " and " + first.releaseHash());
        }
        assertThat(function.metrics.equivocating.getCount()).isEqualTo(1);
        assertThat(function.metrics.signaturesDropped.getCount()).isEqualTo(1);
    }

    @Test
    void restoredBetweenAnyTwoRecords_sameOffer() throws Exception {
        pending(first);
        restore();
        signature(0, first, second);
        restore();
        pending(second);
        assertThat(signed()).containsExactly(TestRoom.signed(TestRoom.NODE, first, second));
        restore();
        signature(1, first, second);
        assertOffered(offerBy(0, 1, first, second));
        restore();
        signature(2, first, second);
        assertThat(offers()).isEmpty();
    }

    @Test
    void restoredWhileItWaitsForItsTurn_offered() throws Exception {
        pending(TestRoom.release(LAST_TURN), TestRoom.releaseToo(LAST_TURN));
        agreed(LAST_TURN);
        restore();
        quorum.setProcessingTime(2 * STAGGER);
        assertThat(offers()).hasSize(1);
    }

    @Test
    void restoredWhileIncomplete_expiresAllTheSame() throws Exception {
        pending(first);
        restore();
        quorum.setProcessingTime(EXPIRY);
        assertThat(signed()).containsExactly(TestRoom.signed(TestRoom.NODE, first));
    }

    @Test
    void windows_areApart() throws Exception {
        pending(first, second);
        agreed(OWN_TURN + 3);
        assertThat(offers()).isEmpty();
    }

    @Test
    void pendingThatThePolicyDoesNotHave_dropped() throws Exception {
        PendingRelease foreign =
                TestRoom.release(TestRoom.IDENTITY, TestRoom.LONG_QUERY, 3, 1, 100, "");
        pending(foreign);
        assertThat(function.metrics.pendingsDropped.getCount()).isEqualTo(1);
        assertThat(quorum.numKeyedStateEntries()).isZero();
        assertThat(quorum.numProcessingTimeTimers()).isZero();
    }

    @Test
    void keyOfAnotherNode_failsForGood() throws Exception {
        ChainSigner wrong = TestRoom.NODES.get(1);
        quorum.close();
        function = function(() -> wrong);
        quorum = made();
        assertThatThrownBy(quorum::open)
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("the key of node node-one");
    }

    @Test
    void restoredUnderAnotherPolicy_refusedForGood() throws Exception {
        OperatorSubtaskState state = quorum.snapshot(1, 1);
        quorum.close();
        String other =
                TestRoom.POLICY.canonicalJson().replace("\"pendingAlarm\":", "\"pendingAlarm\":1");
        function = function(other, () -> TestRoom.NODE);
        quorum = made();
        assertThatThrownBy(() -> quorum.initializeState(state))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("state of the stage quorum was written under the policy");
    }

    private static QuorumFunction function(NodeKey key) {
        return function(TestRoom.POLICY.canonicalJson(), key);
    }

    private static QuorumFunction function(String policyJson, NodeKey key) {
        return new QuorumFunction(
                TestRoom.IDENTITY,
                policyJson,
                TestRoom.NODE_NAMES.get(0),
                key,
                new QuorumPace(EXPIRY, STAGGER));
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    WindowBounds, CheckedPending, QuorumInput, QuorumOffer>
            made() throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(function),
                CheckedPending::window,
                QuorumInput::window,
                WindowBounds.TYPE);
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    WindowBounds, CheckedPending, QuorumInput, QuorumOffer>
            harness(@Nullable OperatorSubtaskState state) throws Exception {
        function = function(() -> TestRoom.NODE);
        var harness = made();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private void restore() throws Exception {
        OperatorSubtaskState state = quorum.snapshot(1, 1);
        quorum.close();
        quorum = harness(state);
    }

    private void pending(PendingRelease... releases) throws Exception {
        for (PendingRelease release : releases) {
            quorum.processElement1(new StreamRecord<>(TestRoom.checked(release)));
        }
    }

    private void signature(int node, PendingRelease... releases) throws Exception {
        quorum.processElement2(
                new StreamRecord<>(QuorumInput.of(TestRoom.checkedSignature(node, releases))));
    }

    /** The first two nodes sign all of a window. */
    private void agreed(int window) throws Exception {
        for (int node = 0; node < 2; node++) {
            signature(node, TestRoom.release(window), TestRoom.releaseToo(window));
        }
    }

    private void receipt(ReceiptKind kind, PendingRelease release) throws Exception {
        CheckedPending checked = TestRoom.checked(release);
        boolean stands = kind == ReceiptKind.PUBLISHED;
        quorum.processElement2(
                new StreamRecord<>(
                        QuorumInput.of(
                                new ReceiptRecord(
                                        kind,
                                        checked.key(),
                                        checked.end(),
                                        stands ? checked.releaseHash() : Bytes32.ZERO,
                                        stands ? Bytes32.ZERO : checked.releaseHash(),
                                        Digests.id("transaction"),
                                        12,
                                        Digests.id("block")))));
    }

    private static QuorumOffer offerBy(int node, int otherNode, PendingRelease... releases) {
        List<ChainSigner> signers =
                List.of(TestRoom.NODES.get(node), TestRoom.NODES.get(otherNode)).stream()
                        .sorted((a, b) -> a.account().hex().compareTo(b.account().hex()))
                        .toList();
        return TestRoom.offer(signers, releases);
    }

    private List<QuorumOffer> offers() {
        return quorum.extractOutputValues();
    }

    private void assertOffered(QuorumOffer offer) {
        assertThat(offers()).usingRecursiveComparison().isEqualTo(List.of(offer));
    }

    private List<SignatureRecord> signedRecords() {
        var side = quorum.getSideOutput(QuorumFunction.SIGNED);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    private List<SignedReleases> signed() {
        return signedRecords().stream()
                .map(r -> Codecs.SIGNED_RELEASES.decode(r.value()).toOptional().orElseThrow())
                .toList();
    }

    /** Of each window only the settled hashes are left, and no timer. */
    private void assertSettled(int windows) {
        assertThat(quorum.numKeyedStateEntries()).isEqualTo(windows);
        assertThat(quorum.numProcessingTimeTimers()).isZero();
    }
}
