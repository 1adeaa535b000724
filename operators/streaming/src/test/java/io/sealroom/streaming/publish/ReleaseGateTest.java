package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Release;
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

class ReleaseGateTest {

    private static final long ALARM_MILLIS = 10_000;
    private static final String POLICY_JSON = TestRoom.POLICY.canonicalJson();

    private final PendingRelease own = TestRoom.release(7);
    private final PendingRelease other = TestRoom.otherRelease(7);
    private String policyJson = POLICY_JSON;
    private ReleaseGate function = new ReleaseGate(POLICY_JSON, ALARM_MILLIS);
    private KeyedTwoInputStreamOperatorTestHarness<
                    ReleaseKey, CheckedPending, ReceiptRecord, ReleaseRecord>
            gate;

    @BeforeEach
    void open() throws Exception {
        gate = gate(null);
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
    }

    @Test
    void pendingThenEqualReceipt_released() throws Exception {
        pending(own);
        assertThat(releases()).isEmpty();
        receipt(published(own));
        assertReleasedOnce();
    }

    @Test
    void equalReceiptThenPending_released() throws Exception {
        receipt(published(own));
        pending(own);
        assertReleasedOnce();
    }

    @Test
    void release_hasReceiptAndTopicKey() throws Exception {
        pending(own);
        receipt(published(own));
        ReleaseRecord record = records().get(0);
        Release release = releases().get(0);
        assertThat(record.key().toBytes())
                .hasSize(40)
                .startsWith(own.document().queryId().toBytes())
                .endsWith(0, 0, 0, 0, 1, 0x80, 0x85, 0x80); // 7 h = 25,200,000 ms
        assertThat(release.pending()).isEqualTo(own);
        assertThat(release.receipt()).isEqualTo(published(own).receipt());
    }

    @Test
    void pendingThenOtherReceipt_withheldOnce() throws Exception {
        pending(own);
        receipt(published(other));
        receipt(published(other));
        pending(own);
        assertConflictOnce();
    }

    @Test
    void otherReceiptThenPending_withheldOnce() throws Exception {
        receipt(published(other));
        pending(own);
        pending(own);
        assertConflictOnce();
    }

    @Test
    void repeatsOfReleased_dropped() throws Exception {
        pending(own);
        pending(own);
        receipt(published(own));
        receipt(published(own));
        pending(own);
        pending(own);
        assertReleasedOnce();
    }

    @Test
    void otherPendingAfterRelease_droppedAndNotWithheld() throws Exception {
        pending(own);
        receipt(published(own));
        pending(other);
        assertReleasedOnce();
        assertThat(function.metrics.differing.getCount()).isEqualTo(1);
    }

    @Test
    void otherPendingWhileWaiting_firstStands() throws Exception {
        pending(own);
        pending(other);
        receipt(published(own));
        assertReleasedOnce();
    }

    @Test
    void conflictEventBesideRelease_changesNothing() throws Exception {
        pending(own);
        receipt(conflict(own.releaseHash(), other.releaseHash()));
        assertThat(gate.numKeyedStateEntries()).isEqualTo(1);
        receipt(published(own));
        receipt(conflict(own.releaseHash(), other.releaseHash()));
        assertReleasedOnce();
    }

    @Test
    void pendingThenConflictOverTotals_withheldOnce() throws Exception {
        pending(own);
        receipt(conflict(Bytes32.ZERO, own.releaseHash()));
        receipt(published(other));
        assertConflictOnce();
    }

    @Test
    void conflictOverTotalsThenPending_withheldOnce() throws Exception {
        receipt(conflict(Bytes32.ZERO, other.releaseHash()));
        receipt(conflict(Bytes32.ZERO, own.releaseHash()));
        receipt(conflict(Bytes32.ZERO, own.releaseHash()));
        pending(own);
        assertConflictOnce();
    }

    @Test
    void conflictOverTotalsOfAnotherOffer_released() throws Exception {
        pending(own);
        receipt(conflict(Bytes32.ZERO, other.releaseHash()));
        receipt(published(own));
        assertReleasedOnce();
    }

    @Test
    void conflictsOverBound_notRemembered() throws Exception {
        for (int i = 0; i < ReleaseGate.CONFLICTS_MAX; i++) {
            receipt(conflict(Bytes32.ZERO, Digests.id("offer " + i)));
        }
        receipt(conflict(Bytes32.ZERO, own.releaseHash()));
        pending(own);
        assertThat(function.metrics.conflictsDropped.getCount()).isEqualTo(1);
        assertThat(withheld()).isEmpty();
        receipt(published(own));
        assertReleasedOnce();
    }

    @Test
    void pendingThenBudgetEvent_withheldOnce() throws Exception {
        pending(own);
        receipt(unpaid());
        pending(own);
        assertBudgetOnce();
    }

    @Test
    void budgetEventThenPending_withheldOnce() throws Exception {
        receipt(unpaid());
        receipt(unpaid());
        pending(own);
        assertBudgetOnce();
    }

    @Test
    void windows_areApart() throws Exception {
        pending(own);
        receipt(published(TestRoom.release(8)));
        assertThat(releases()).isEmpty();
        assertThat(withheld()).isEmpty();
    }

    @Test
    void noReceipt_alarmRepeatedAndPendingStays() throws Exception {
        pending(own);
        gate.setProcessingTime(ALARM_MILLIS - 1);
        assertThat(overdue()).isZero();
        gate.setProcessingTime(ALARM_MILLIS);
        assertThat(overdue()).isEqualTo(1);
        gate.setProcessingTime(2 * ALARM_MILLIS);
        assertThat(overdue()).isEqualTo(2);
        receipt(published(own));
        assertReleasedOnce();
    }

    @Test
    void restoredWhileWaiting_alarmStaysArmed() throws Exception {
        pending(own);
        restore();
        gate.setProcessingTime(ALARM_MILLIS);
        assertThat(overdue()).isEqualTo(1);
    }

    @Test
    void restoredWhileWaiting_releasedOnReceipt() throws Exception {
        pending(own);
        restore();
        pending(own);
        receipt(published(own));
        assertReleasedOnce();
    }

    @Test
    void restoredWithReceipt_releasedOnPending() throws Exception {
        receipt(published(own));
        restore();
        receipt(published(own));
        pending(own);
        assertReleasedOnce();
    }

    @Test
    void restoredWhenFinished_repeatsDropped() throws Exception {
        pending(own);
        receipt(published(own));
        restore();
        pending(own);
        receipt(published(own));
        assertThat(releases()).isEmpty();
        assertSettled();
    }

    @Test
    void restoredUnderAnotherPolicy_refusedForGood() throws Exception {
        OperatorSubtaskState state = gate.snapshot(1, 1);
        gate.close();
        policyJson = POLICY_JSON.replace("\"pendingAlarm\":", "\"pendingAlarm\":1");
        assertThatThrownBy(() -> gate(state))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining(
                        "state of the stage release-gate was written under the policy");
    }

    @Test
    void alarmMillisBelowOne_refused() {
        assertThatThrownBy(() -> new ReleaseGate(POLICY_JSON, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alarmMillis");
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    ReleaseKey, CheckedPending, ReceiptRecord, ReleaseRecord>
            gate(@Nullable OperatorSubtaskState state) throws Exception {
        function = new ReleaseGate(policyJson, ALARM_MILLIS);
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(function),
                        CheckedPending::key,
                        ReceiptRecord::key,
                        ReleaseKey.TYPE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private void restore() throws Exception {
        OperatorSubtaskState state = gate.snapshot(1, 1);
        gate.close();
        gate = gate(state);
    }

    private void pending(PendingRelease release) throws Exception {
        gate.processElement1(new StreamRecord<>(TestRoom.checked(release)));
    }

    private void receipt(ReceiptRecord receipt) throws Exception {
        gate.processElement2(new StreamRecord<>(receipt));
    }

    private static ReceiptRecord published(PendingRelease release) {
        CheckedPending checked = TestRoom.checked(release);
        return new ReceiptRecord(
                ReceiptKind.PUBLISHED,
                checked.key(),
                checked.end(),
                checked.releaseHash(),
                Bytes32.ZERO,
                Digests.id("transaction"),
                12,
                Digests.id("block"));
    }

    private ReceiptRecord conflict(Bytes32 stored, Bytes32 offered) {
        ReceiptRecord receipt = published(own);
        return new ReceiptRecord(
                ReceiptKind.CONFLICT,
                receipt.key(),
                receipt.end(),
                stored,
                offered,
                receipt.transaction(),
                receipt.blockNumber(),
                receipt.blockHash());
    }

    private ReceiptRecord unpaid() {
        ReceiptRecord receipt = published(own);
        return new ReceiptRecord(
                ReceiptKind.WITHHELD,
                receipt.key(),
                receipt.end(),
                Bytes32.ZERO,
                own.releaseHash(),
                receipt.transaction(),
                receipt.blockNumber(),
                receipt.blockHash());
    }

    private void assertBudgetOnce() {
        assertThat(withheld()).extracting(Withheld::reason).containsExactly(WithheldReason.BUDGET);
        assertThat(releases()).isEmpty();
        assertSettled();
    }

    private long overdue() {
        return function.metrics.overdue.getCount();
    }

    private List<ReleaseRecord> records() {
        return gate.extractOutputValues();
    }

    private List<Release> releases() {
        return records().stream()
                .map(record -> Codecs.RELEASE.decode(record.value()).toOptional().orElseThrow())
                .toList();
    }

    private List<Withheld> withheld() {
        var side = gate.getSideOutput(ReleaseGate.WITHHELD);
        return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    }

    private void assertReleasedOnce() {
        assertThat(releases()).extracting(Release::pending).containsExactly(own);
        assertThat(withheld()).isEmpty();
        assertSettled();
    }

    private void assertConflictOnce() {
        assertThat(withheld())
                .containsExactly(
                        new Withheld(
                                TestRoom.QUERY,
                                7 * TestRoom.HOUR,
                                8 * TestRoom.HOUR,
                                WithheldReason.CONFLICT,
                                null,
                                null));
        assertThat(releases()).isEmpty();
        assertSettled();
    }

    /** Only the hash that drops repeats is left, and no timer. */
    private void assertSettled() {
        assertThat(gate.numKeyedStateEntries()).isEqualTo(1);
        assertThat(gate.numProcessingTimeTimers()).isZero();
    }
}
