package io.sealroom.streaming.attribute;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The attribute stage of a room whose conversions look back into the epoch before (K = 1). Key:
 * conversion. In: the answers of its tokens, one or two. Out: what the conversion adds, in every
 * query that admitted it, to the count and value rows of the window that holds it.
 *
 * <p>Answers wait until the watermark reaches the end of the conversion's slice. None is late: both
 * tokens answer from timers at the last millisecond of the slice, before the watermark of that
 * millisecond leaves the match stage. A late one fails the job.
 *
 * <p>State: two answers of N touches a query and exposing partner at most, and a timer, until then.
 */
public final class SlotsAttributeFunction
        extends KeyedProcessFunction<ConversionKey, MatchedConversion, Contribution>
        implements StampedFunction {

    private static final long serialVersionUID = 1;

    /** Version of what is kept; see {@link StateStamp}. */
    private static final int LAYOUT = 1;

    private transient PolicyCredits credits;
    private transient long sliceMillis;
    private transient ListState<MatchedConversion> slots;

    private final String policyJson;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    public SlotsAttributeFunction(String policyJson) {
        this.policyJson = policyJson;
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("attribute", LAYOUT, policyJson);
    }

    @Override
    public void open(OpenContext context) {
        Policy policy = Policy.fromCanonicalJson(policyJson);
        credits = new PolicyCredits(policy);
        sliceMillis = policy.sliceMillis();
        slots =
                getRuntimeContext()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "slots", TypeInformation.of(MatchedConversion.class)));
    }

    @Override
    public void processElement(MatchedConversion slot, Context context, Collector<Contribution> out)
            throws Exception {
        long last = (Math.floorDiv(slot.time(), sliceMillis) + 1) * sliceMillis - 1;
        if (last <= context.timerService().currentWatermark()) {
            throw new IllegalStateException(
                    String.format(
                            "touches for a conversion of partner %d arrived after the end of its"
                                    + " slice, at watermark %d: the match stage held them back",
                            slot.partner(), context.timerService().currentWatermark()));
        }
        slots.add(slot);
        // Of a key and time there is one timer, however often it is registered.
        context.timerService().registerEventTimeTimer(last);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Contribution> out)
            throws Exception {
        List<MatchedConversion> answers = new ArrayList<>();
        slots.get().forEach(answers::add);
        credits.credit(answers, out::collect);
        slots.clear();
    }
}
