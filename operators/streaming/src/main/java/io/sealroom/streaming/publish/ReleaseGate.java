package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets a release out when the chain holds its hash.
 *
 * <p>Key: query and window. Input 1: checked pending releases, at least once. Input 2: what final
 * events of the contract say, at least once, in chain order. Either may come first. Output: each
 * release once. Side output: each window that can never be released, once.
 *
 * <ul>
 *   <li>Receipt with the pending's hash: released.
 *   <li>Receipt with another hash, or a conflict event that names the pending's hash while no
 *       release stands (a partner's totals differ from those on record): withheld, CONFLICT.
 *   <li>Budget event: withheld, BUDGET.
 *   <li>A repeat of what waits or is finished is dropped; one with another hash too, with an alarm:
 *       the first stands, and a window that was released is not called withheld afterwards.
 *   <li>Pending without receipt for {@code alarmMillis} of processing time: alarm, repeated at that
 *       interval; it stays. So does a release that the contract refuses before it is in a block.
 * </ul>
 *
 * <p>State: pending bytes until released or withheld; a receipt (about 150 bytes) until the pending
 * is there; then the hash alone (32 bytes), which drops repeats, until the room ends and the job
 * with it. The policy bounds the keys: windows of the room times queries. Processing time decides
 * alarms only, never an output.
 */
public final class ReleaseGate
        extends KeyedCoProcessFunction<ReleaseKey, CheckedPending, ReceiptRecord, ReleaseRecord>
        implements StampedFunction {

    /** Windows that are never released, for the withheld topic. */
    public static final OutputTag<Withheld> WITHHELD =
            new OutputTag<>("withheld", TypeInformation.of(Withheld.class));

    /**
     * Conflicting offers remembered while the own pending is not there. Each took a quorum of nodes
     * to sign, so honest nodes never get near it.
     */
    static final int CONFLICTS_MAX = 16;

    private static final long serialVersionUID = 1;
    private static final TypeInformation<Bytes32> HASH = TypeInformation.of(Bytes32.class);

    /** Version of what is kept; see {@link StateStamp}. */
    private static final int LAYOUT = 1;

    private final String policyJson;
    private final long alarmMillis;

    private transient ValueState<@Nullable HeldPending> pending;
    private transient ValueState<@Nullable ReceiptRecord> receipt;
    private transient ListState<Bytes32> conflicts;
    private transient ValueState<@Nullable Bytes32> settled;

    /** Read by tests. */
    transient GateMetrics metrics;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     * @param alarmMillis age at which a pending without receipt raises an alarm, the policy's
     *     pendingAlarmMillis; at least 1
     */
    public ReleaseGate(String policyJson, long alarmMillis) {
        if (alarmMillis < 1) {
            throw new IllegalArgumentException(
                    "alarmMillis must be at least 1, got " + alarmMillis);
        }
        this.policyJson = policyJson;
        this.alarmMillis = alarmMillis;
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("release-gate", LAYOUT, policyJson);
    }

    @Override
    public void open(OpenContext context) {
        var runtime = getRuntimeContext();
        pending =
                runtime.getState(
                        new ValueStateDescriptor<>(
                                "pending", TypeInformation.of(HeldPending.class)));
        receipt = runtime.getState(new ValueStateDescriptor<>("receipt", ReceiptRecord.TYPE));
        conflicts = runtime.getListState(new ListStateDescriptor<>("conflicts", HASH));
        settled = runtime.getState(new ValueStateDescriptor<>("settled", HASH));
        metrics = new GateMetrics(runtime.getMetricGroup());
    }

    @Override
    public void processElement1(CheckedPending value, Context context, Collector<ReleaseRecord> out)
            throws Exception {
        Bytes32 first = knownHash();
        if (first != null) {
            countRepeat(value, first);
            return;
        }
        long alarmAt = context.timerService().currentProcessingTime() + alarmMillis;
        context.timerService().registerProcessingTimeTimer(alarmAt);
        pending.update(new HeldPending(value, alarmAt));
        judge(context, out);
    }

    @Override
    public void processElement2(ReceiptRecord value, Context context, Collector<ReleaseRecord> out)
            throws Exception {
        if (value.kind() == ReceiptKind.CONFLICT) {
            metrics.conflictEvents.inc();
            PublishLog.conflictEvent(value.key(), value.releaseHash(), value.offered());
        }
        if (settled.value() != null) {
            return;
        }
        switch (value.kind()) {
            case PUBLISHED, WITHHELD -> receipt.update(value);
            case CONFLICT -> remember(value);
        }
        judge(context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ReleaseRecord> out)
            throws Exception {
        HeldPending held = pending.value();
        if (held == null) {
            return;
        }
        metrics.overdue.inc();
        PublishLog.overdue(context.getCurrentKey(), held.pending().releaseHash(), alarmMillis);
        long next = context.timerService().currentProcessingTime() + alarmMillis;
        context.timerService().registerProcessingTimeTimer(next);
        pending.update(new HeldPending(held.pending(), next));
    }

    private @Nullable Bytes32 knownHash() throws Exception {
        HeldPending held = pending.value();
        return held != null ? held.pending().releaseHash() : settled.value();
    }

    private void countRepeat(CheckedPending value, Bytes32 first) {
        if (first.equals(value.releaseHash())) {
            metrics.repeats.inc();
        } else {
            metrics.differing.inc();
            PublishLog.pendingDiffers(value.key(), first, value.releaseHash());
        }
    }

    /**
     * Of a conflict beside a release nothing is kept: that release's own receipt came before it.
     */
    private void remember(ReceiptRecord conflict) throws Exception {
        if (!conflict.releaseHash().equals(Bytes32.ZERO)) {
            return;
        }
        List<Bytes32> known = new ArrayList<>();
        conflicts.get().forEach(known::add);
        if (known.contains(conflict.offered())) {
            return;
        }
        if (known.size() == CONFLICTS_MAX) {
            metrics.conflictsDropped.inc();
            return;
        }
        conflicts.add(conflict.offered());
    }

    private void judge(Context context, Collector<ReleaseRecord> out) throws Exception {
        HeldPending held = pending.value();
        if (held == null) {
            return;
        }
        CheckedPending own = held.pending();
        ReceiptRecord chain = receipt.value();
        if (chain == null && !isConflicting(own.releaseHash())) {
            return;
        }
        if (chain != null && chain.kind() == ReceiptKind.WITHHELD) {
            PublishLog.budget(own.key());
            withhold(own, WithheldReason.BUDGET, context);
        } else if (chain != null && chain.releaseHash().equals(own.releaseHash())) {
            metrics.released.inc();
            Release release = new Release(own.release(), chain.receipt());
            out.collect(new ReleaseRecord(own.key(), Codecs.RELEASE.encode(release)));
        } else {
            Bytes32 stored = chain == null ? Bytes32.ZERO : chain.releaseHash();
            PublishLog.conflict(own.key(), own.releaseHash(), stored);
            withhold(own, WithheldReason.CONFLICT, context);
        }
        settle(held, context);
    }

    private boolean isConflicting(Bytes32 hash) throws Exception {
        for (Bytes32 offered : conflicts.get()) {
            if (offered.equals(hash)) {
                return true;
            }
        }
        return false;
    }

    private void withhold(CheckedPending own, WithheldReason reason, Context context) {
        metrics.withheld.inc();
        ReleaseDocument document = own.release().document();
        context.output(
                WITHHELD,
                new Withheld(
                        document.query(), document.start(), document.end(), reason, null, null));
    }

    private void settle(HeldPending held, Context context) throws Exception {
        context.timerService().deleteProcessingTimeTimer(held.alarmAt());
        pending.clear();
        receipt.clear();
        conflicts.clear();
        settled.update(held.pending().releaseHash());
    }
}
