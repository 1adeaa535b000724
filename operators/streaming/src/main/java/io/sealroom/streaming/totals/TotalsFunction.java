package io.sealroom.streaming.totals;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.StampedFunction;
import io.sealroom.streaming.flow.StateStamp;
import io.sealroom.streaming.flow.TotalKey;
import java.math.BigInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Key: (query, window, row). In: contributions. Out: their exact sum, once, when the watermark
 * reaches the end of the window; rows without a contribution give nothing.
 *
 * <p>A contribution behind the end of its window fails the job: its total has gone out already.
 * State: one number a row, gone with its window.
 */
public final class TotalsFunction extends KeyedProcessFunction<TotalKey, Contribution, ExactTotal>
        implements StampedFunction {

    private static final long serialVersionUID = 1;

    /** Version of what is kept; see {@link StateStamp}. */
    private static final int LAYOUT = 1;

    private transient ValueState<BigInteger> sum;

    /** Of every query, in policy order. */
    private transient long[] windowMillis;

    private final String policyJson;

    /**
     * @param policyJson {@link Policy#canonicalJson}
     */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    public TotalsFunction(String policyJson) {
        this.policyJson = policyJson;
    }

    @Override
    public StateStamp stamp() {
        return StateStamp.of("totals", LAYOUT, policyJson);
    }

    @Override
    public void open(OpenContext context) {
        windowMillis =
                Policy.fromCanonicalJson(policyJson).queries().stream()
                        .mapToLong(Query::windowMillis)
                        .toArray();
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.BIG_INT));
    }

    @Override
    public void processElement(
            Contribution contribution, Context context, Collector<ExactTotal> out)
            throws Exception {
        long last = contribution.windowStart() + windowMillis[contribution.query()] - 1;
        if (last <= context.timerService().currentWatermark()) {
            throw new IllegalStateException(
                    String.format(
                            "a contribution to window %d of query %d arrived after the window's"
                                    + " end: a stage before this one held it back",
                            contribution.windowStart(), contribution.query()));
        }
        BigInteger amount = BigInteger.valueOf(contribution.amount());
        BigInteger before = sum.value();
        if (before == null) {
            context.timerService().registerEventTimeTimer(last);
            sum.update(amount);
        } else {
            sum.update(before.add(amount));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ExactTotal> out)
            throws Exception {
        TotalKey key = context.getCurrentKey();
        out.collect(new ExactTotal(key.query(), key.windowStart(), key.row(), sum.value()));
        sum.clear();
    }
}
