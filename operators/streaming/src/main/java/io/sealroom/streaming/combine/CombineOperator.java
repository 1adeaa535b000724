package io.sealroom.streaming.combine;

import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.TotalKey;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Local pre-aggregation, not keyed: contributions in, fewer contributions with the same sums out.
 *
 * <p>It has no state. Whatever it holds goes out before every watermark (a sum must not arrive
 * behind the end of its window), before every barrier (a checkpoint must not miss it), at the end
 * of the input, and whenever the bundle has {@code rowsMax} rows. A sum that would not fit a long
 * goes out as two: none is ever wrong.
 */
public final class CombineOperator extends AbstractStreamOperator<Contribution>
        implements OneInputStreamOperator<Contribution, Contribution>, BoundedOneInput {

    /** Rows of a bundle, unless told: about a megabyte. */
    public static final int ROWS_MAX_DEFAULT = 10_000;

    private static final long serialVersionUID = 1;

    private final int rowsMax;
    private transient Map<TotalKey, Sum> bundle;

    /**
     * @param rowsMax rows that are held before they go out, at least 1
     */
    @SuppressWarnings("NullAway.Init") // The bundle is made in open.
    public CombineOperator(int rowsMax) {
        if (rowsMax < 1) {
            throw new IllegalArgumentException("rowsMax must be positive, got " + rowsMax);
        }
        this.rowsMax = rowsMax;
    }

    /** A bundle of {@link #ROWS_MAX_DEFAULT} rows. */
    public CombineOperator() {
        this(ROWS_MAX_DEFAULT);
    }

    @Override
    public void open() throws Exception {
        super.open();
        bundle = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<Contribution> element) {
        Contribution contribution = element.getValue();
        TotalKey key = TotalKey.of(contribution);
        Sum sum = bundle.get(key);
        if (sum == null) {
            bundle.put(key, new Sum(contribution.amount()));
            if (bundle.size() >= rowsMax) {
                flush();
            }
        } else if (!sum.add(contribution.amount())) {
            emit(key, sum.amount);
            sum.amount = contribution.amount();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    private void flush() {
        bundle.forEach((key, sum) -> emit(key, sum.amount));
        bundle.clear();
    }

    private void emit(TotalKey key, long amount) {
        output.collect(
                new StreamRecord<>(
                        new Contribution(key.query(), key.windowStart(), key.row(), amount)));
    }

    /** A long that can grow in place. */
    private static final class Sum {
        private long amount;

        Sum(long amount) {
            this.amount = amount;
        }

        /** False, and nothing added, if the sum does not fit. */
        boolean add(long more) {
            long next = amount + more;
            // Both summands have the sign that the sum has not.
            if (((amount ^ next) & (more ^ next)) < 0) {
                return false;
            }
            amount = next;
            return true;
        }
    }
}
