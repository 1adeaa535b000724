package io.sealroom.streaming.totals;

import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ExactTotal;
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
public final class TotalsFunction extends KeyedProcessFunction<TotalKey, Contribution, ExactTotal> {

    private static final long serialVersionUID = 1;

    private transient ValueState<BigInteger> sum;

    private final long[] windowMillis;

    /**
     * @param windowMillis window length of every query, in policy order
     */
    @SuppressWarnings("NullAway.Init") // State handles are made in open.
    public TotalsFunction(long[] windowMillis) {
        this.windowMillis = windowMillis.clone();
    }

    @Override
    public void open(OpenContext context) {
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
