package io.sealroom.streaming.release;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Key: (query, window). In: exact totals, verdicts. Out, at the end of the window: the pending
 * release, or into {@link #WITHHELD} the reason why there is none; never both.
 *
 * <p>At the end of bounded input and at a drain the windows that are still open come here with
 * verdicts missing, and are withheld as INCOMPLETE. A record behind the end of its window fails the
 * job. State: one number a row, one cover a partition; gone with its window.
 */
public final class ReleaseFunction
        extends KeyedCoProcessFunction<WindowKey, ExactTotal, WindowVerdict, PendingRecord>
        implements StampedFunction {

    /** Windows that are never released. */
    public static final OutputTag<Withheld> WITHHELD =
            new OutputTag<>("withheld", TypeInformation.of(Withheld.class));

    private static final long serialVersionUID = 1;

    /** Version of what is kept; see {@link StateStamp}. */
    private static final int LAYOUT = 1;

    private transient MapState<Integer, BigInteger> totals;
    private transient MapState<Integer, PartitionCover> covers;

    private transient Policy policy;
    private transient VerdictRules rules;
    private transient ReleaseAssembly assembly;

    private final String policyJson;
    private final long chainId;
    private final String contract;
    private final String recipient;
    private final NodeSecrets secrets;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     * @param chainId EIP-155 chain id
     * @param contract address of the Room
     * @param recipient name of the node, or of the auditor, that computes
     * @param secrets where its HPKE key is; read when the stage opens
     */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    public ReleaseFunction(
            String policyJson,
            long chainId,
            String contract,
            String recipient,
            NodeSecrets secrets) {
        this.policyJson = policyJson;
        this.chainId = chainId;
        this.contract = contract;
        this.recipient = recipient;
        this.secrets = secrets;
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("release", LAYOUT, policyJson);
    }

    /**
     * @throws IOException if the key cannot be read
     * @throws IllegalArgumentException if the policy does not know the recipient with this key
     */
    @Override
    public void open(OpenContext context) throws IOException {
        policy = Policy.fromCanonicalJson(policyJson);
        RoomIdentity identity =
                new RoomIdentity(chainId, new Address(contract), policy.room(), policy.hash());
        assembly = new ReleaseAssembly(policy, identity);
        rules = new VerdictRules(policy, identity, recipient, secrets.hpkePrivateKey());
        totals =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("totals", Types.INT, Types.BIG_INT));
        covers =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "covers",
                                        Types.INT,
                                        TypeInformation.of(PartitionCover.class)));
    }

    @Override
    public void processElement1(ExactTotal total, Context context, Collector<PendingRecord> out)
            throws Exception {
        awaitEnd(context.getCurrentKey(), context.timerService());
        if (totals.contains(total.row())) {
            throw new IllegalStateException(
                    String.format(
                            "row %d of a window has two totals: the totals stage gives one",
                            total.row()));
        }
        totals.put(total.row(), total.total());
    }

    @Override
    public void processElement2(
            WindowVerdict element, Context context, Collector<PendingRecord> out) throws Exception {
        WindowKey window = context.getCurrentKey();
        awaitEnd(window, context.timerService());
        Verdict verdict = element.verdict();
        int partition = slot(verdict.partner(), verdict.partition());
        PartitionCover before = covers.get(partition);
        covers.put(
                partition,
                (before == null ? PartitionCover.NONE : before)
                        .with(verdict, window.windowStart(), end(window)));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<PendingRecord> out)
            throws Exception {
        WindowKey window = context.getCurrentKey();
        WindowOutcome outcome =
                rules.judge(
                        window.windowStart(),
                        end(window),
                        (partner, partition) -> covers.get(slot(partner, partition)));
        if (outcome instanceof WindowInputs inputs) {
            out.collect(release(window, inputs));
        } else if (outcome instanceof WindowOutcome.Refused refused) {
            context.output(
                    WITHHELD,
                    new Withheld(
                            query(window).name(),
                            window.windowStart(),
                            end(window),
                            refused.reason(),
                            refused.partner(),
                            refused.partition()));
        }
        totals.clear();
        covers.clear();
    }

    /** A window is judged one millisecond before its end: no event and no verdict is later. */
    private void awaitEnd(WindowKey window, TimerService timers) {
        long last = end(window) - 1;
        if (last <= timers.currentWatermark()) {
            throw new IllegalStateException(
                    String.format(
                            "something about window %d of query %s arrived after the window's end:"
                                    + " a stage before this one held it back",
                            window.windowStart(), query(window).name()));
        }
        timers.registerEventTimeTimer(last);
    }

    private PendingRecord release(WindowKey window, WindowInputs inputs) throws Exception {
        Map<Integer, BigInteger> exact = new HashMap<>();
        totals.entries().forEach(entry -> exact.put(entry.getKey(), entry.getValue()));
        return PendingRecord.of(
                assembly.assemble(window.query(), window.windowStart(), inputs, exact));
    }

    private Query query(WindowKey window) {
        return policy.queries().get(window.query());
    }

    private long end(WindowKey window) {
        return window.windowStart() + query(window).windowMillis();
    }

    /** Partner and partition as one number: both fit 16 bits. */
    private static int slot(int partner, int partition) {
        return partner << Short.SIZE | partition;
    }
}
