package io.sealroom.streaming.publish;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives the one split to the first reader; any other reader has nothing to do and ends. */
final class ReceiptEnumerator implements SplitEnumerator<BlockSplit, UnassignedSplit> {

    private final SplitEnumeratorContext<BlockSplit> context;
    private Optional<BlockSplit> unassigned;

    ReceiptEnumerator(SplitEnumeratorContext<BlockSplit> context, UnassignedSplit state) {
        this.context = context;
        this.unassigned = state.split();
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        if (subtask != 0) {
            context.signalNoMoreSplits(subtask);
            return;
        }
        unassigned.ifPresent(split -> context.assignSplit(split, subtask));
        unassigned = Optional.empty();
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // Readers get their split unasked.
    }

    @Override
    public void addSplitsBack(List<BlockSplit> splits, int subtask) {
        unassigned = splits.stream().findFirst();
    }

    @Override
    public UnassignedSplit snapshotState(long checkpointId) {
        return new UnassignedSplit(unassigned);
    }

    @Override
    public void close() {}
}
