package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Signs what this node computed, and offers what a quorum of nodes signed alike.
 *
 * <p>Key: window. Input 1: this node's checked pending releases, at least once. Input 2: checked
 * signatures of all nodes, this one's included, and receipts of the contract, both at least once,
 * in any order. Output: lists to offer, each once. Side output: lists that this node signed, for
 * the signatures topic. What is signed and offered is {@link WindowQuorum}'s to say; a list that
 * the chain has decided on is not offered.
 *
 * <ul>
 *   <li>A node whose hash differs from this node's, or from the one that the chain decided on, or
 *       from an earlier one of its own: an alarm with window, query, node and both hashes, once for
 *       each node and query of a window.
 *   <li>{@code singlesAfterMillis} after the first own release of a window its queries go alone,
 *       unless they went together by then.
 *   <li>The nodes take turns in offering, {@code staggerMillis} after one another: each would send
 *       the same, and a later one finds it on chain and sends nothing. Until then it stands by.
 * </ul>
 *
 * <p>State, for each window: the pending bytes of a query until a final event of the contract
 * settles it; hashes, and of each node one list of all queries and one of each query (100 bytes a
 * query), until all queries are settled; then the settled hashes and a few bits, until the room
 * ends and the job with it. The policy bounds all of it: windows of the room, queries, nodes. Two
 * timers at most. Processing time decides when something is sent, and whether queries go together
 * or alone; never what their hashes are.
 */
public final class QuorumFunction
        extends KeyedCoProcessFunction<WindowBounds, CheckedPending, QuorumInput, QuorumOffer>
        implements StampedFunction {

    /** Lists that this node signed, for the signatures topic. */
    public static final OutputTag<SignatureRecord> SIGNED =
            new OutputTag<>("signed", SignatureRecord.TYPE);

    private static final long serialVersionUID = 1;

    /** Version of what is kept; see {@link StateStamp}. */
    private static final int LAYOUT = 1;

    private final RoomReference room;
    private final String policyJson;
    private final String node;
    private final NodeKey key;
    private final QuorumPace pace;

    private transient QuorumPlan plan;
    private transient ListSigner signer;
    private transient int self;

    private transient ValueState<@Nullable WindowMemory> memory;
    private transient MapState<Bytes32, CheckedPending> pendings;
    private transient ValueState<@Nullable QuorumTimers> timers;

    /** Read by tests. */
    transient QuorumMetrics metrics;

    /**
     * @param room what signatures are bound to
     * @param policyJson the policy's canonical JSON
     * @param node this node's name in the policy
     * @param key what this node signs with; read when the stage opens
     * @param pace when to do what
     */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    public QuorumFunction(
            RoomIdentity room, String policyJson, String node, NodeKey key, QuorumPace pace) {
        this.room = RoomReference.of(room);
        this.policyJson = policyJson;
        this.node = node;
        this.key = key;
        this.pace = pace;
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("quorum", LAYOUT, policyJson);
    }

    /**
     * @throws IOException if the key cannot be read
     * @throws SuppressRestartsException if it is not the key that the policy names for this node
     */
    @Override
    public void open(OpenContext context) throws IOException {
        Policy policy = Policy.fromCanonicalJson(policyJson);
        plan = new QuorumPlan(policy);
        signer = new ListSigner(key.load(), room.identity());
        self = policy.nodes().indexOf(policy.node(node));
        requireOwnKey();
        var runtime = getRuntimeContext();
        memory = runtime.getState(new ValueStateDescriptor<>("memory", WindowMemory.TYPE));
        pendings =
                runtime.getMapState(
                        new MapStateDescriptor<>(
                                "pendings",
                                TypeInformation.of(Bytes32.class),
                                CheckedPending.TYPE));
        timers =
                runtime.getState(
                        new ValueStateDescriptor<>(
                                "timers", TypeInformation.of(QuorumTimers.class)));
        metrics = new QuorumMetrics(runtime.getMetricGroup());
    }

    @Override
    public void processElement1(CheckedPending value, Context context, Collector<QuorumOffer> out)
            throws Exception {
        WindowBounds window = context.getCurrentKey();
        Bytes32 query = value.key().query();
        if (!plan.queries(window).contains(query)) {
            metrics.pendingsDropped.inc();
            PublishLog.pendingRefused("no query of the policy has window " + window);
            return;
        }
        WindowQuorum quorum = quorum(window);
        if (!quorum.computed(query, value.releaseHash())) {
            metrics.pendingsDropped.inc();
            return;
        }
        if (!quorum.isSettled(query)) {
            pendings.put(query, value);
        }
        proceed(quorum, context, out);
    }

    @Override
    public void processElement2(QuorumInput value, Context context, Collector<QuorumOffer> out)
            throws Exception {
        WindowBounds window = context.getCurrentKey();
        if (plan.queries(window).isEmpty()) {
            return;
        }
        WindowQuorum quorum = quorum(window);
        if (value.signature() != null && !quorum.signed(value.signature())) {
            metrics.signaturesDropped.inc();
        }
        if (value.receipt() != null) {
            settle(quorum, value.receipt());
        }
        proceed(quorum, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<QuorumOffer> out)
            throws Exception {
        WindowQuorum quorum = quorum(context.getCurrentKey());
        QuorumTimers set = timers();
        if (set.expiry() == timestamp) {
            set = set.withExpiry(0);
            if (quorum.expire()) {
                metrics.expired.inc();
            }
        }
        if (set.offer() == timestamp) {
            set = set.withOffer(0);
            offer(quorum, context.getCurrentKey(), out);
        }
        update(set);
        proceed(quorum, context, out);
    }

    private void settle(WindowQuorum quorum, ReceiptRecord receipt) throws Exception {
        Bytes32 query = receipt.key().query();
        if (!plan.queries(receipt.window()).contains(query)) {
            return;
        }
        boolean stands = !receipt.releaseHash().equals(Bytes32.ZERO);
        // An offer that cannot stand is decided on too: no second quorum without a node that signs
        // two hashes.
        quorum.settled(query, stands ? receipt.releaseHash() : receipt.offered());
        pendings.remove(query);
    }

    /** After anything has happened: sign what is to be signed, offer or wait, remember the rest. */
    private void proceed(WindowQuorum quorum, Context context, Collector<QuorumOffer> out)
            throws Exception {
        WindowBounds window = context.getCurrentKey();
        for (List<ReleaseEntry> list : quorum.takeUnsigned()) {
            metrics.signed.inc();
            context.output(SIGNED, signer.sign(window, list));
        }
        TimerService service = context.timerService();
        QuorumTimers set = timers();
        if (quorum.hasOffers() && set.offer() == 0) {
            long wait = plan.rank(self, window) * pace.staggerMillis();
            if (wait == 0) {
                offer(quorum, window, out);
            } else {
                set = set.withOffer(service.currentProcessingTime() + wait);
                service.registerProcessingTimeTimer(set.offer());
            }
        }
        if (quorum.waits() && set.expiry() == 0) {
            set = set.withExpiry(service.currentProcessingTime() + pace.singlesAfterMillis());
            service.registerProcessingTimeTimer(set.expiry());
        }
        if (quorum.isDone()) {
            service.deleteProcessingTimeTimer(set.expiry());
            service.deleteProcessingTimeTimer(set.offer());
            set = QuorumTimers.NONE;
        }
        update(set);
        memory.update(quorum.memory());
    }

    private void offer(WindowQuorum quorum, WindowBounds window, Collector<QuorumOffer> out)
            throws Exception {
        for (AgreedList list : quorum.takeOffers()) {
            List<CheckedPending> releases = new ArrayList<>();
            for (Bytes32 query : list.queries()) {
                releases.add(pendings.get(query));
            }
            metrics.offered.inc();
            out.collect(new QuorumOffer(window, releases, signatures(list)));
        }
    }

    private List<QuorumSignature> signatures(AgreedList list) {
        return list.signatures().stream()
                .map(s -> new QuorumSignature(plan.address(s.node()), s.signature()))
                .toList();
    }

    private WindowQuorum quorum(WindowBounds window) throws Exception {
        WindowMemory known = memory.value();
        return new WindowQuorum(
                plan,
                self,
                plan.queries(window),
                known == null ? WindowMemory.NOTHING : known,
                new Alarms(window));
    }

    private QuorumTimers timers() throws IOException {
        QuorumTimers set = timers.value();
        return set == null ? QuorumTimers.NONE : set;
    }

    private void update(QuorumTimers set) throws IOException {
        timers.update(set.equals(QuorumTimers.NONE) ? null : set);
    }

    private void requireOwnKey() {
        if (!plan.address(self).equals(signer.address())) {
            throw new SuppressRestartsException(
                    new IllegalArgumentException(
                            String.format(
                                    "the key of node %s must be that of address %s, which the policy"
                                            + " names, got the key of %s: no node would count its"
                                            + " signatures",
                                    node, plan.address(self), signer.address())));
        }
    }

    /** Tells people; nothing else depends on it. */
    private final class Alarms implements QuorumAlarms {

        private final WindowBounds window;

        Alarms(WindowBounds window) {
            this.window = window;
        }

        @Override
        public void disagrees(int other, Bytes32 query, Bytes32 expected, Bytes32 signed) {
            metrics.disagreeing.inc();
            PublishLog.nodeDisagrees(node, window, query, plan.name(other), expected, signed);
        }

        @Override
        public void equivocates(int other, Bytes32 query, Bytes32 first, Bytes32 second) {
            metrics.equivocating.inc();
            PublishLog.nodeEquivocates(window, query, plan.name(other), first, second);
        }
    }
}
