package io.sealroom.streaming.publish;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Emits the receipts of a range of blocks and moves the cursor in one step of the task thread. */
@SuppressWarnings("try") // close() of the base class is declared to throw anything.
final class ReceiptReader
        extends SingleThreadMultiplexSourceReaderBase<
                FinalBlocks, ReceiptRecord, BlockSplit, AtomicLong> {

    ReceiptReader(RoomContractFactory factory, PollOptions options, SourceReaderContext context) {
        super(
                () -> new FinalBlockReader(factory, options, context.metricGroup()),
                (blocks, output, cursor) -> {
                    blocks.receipts().forEach(output::collect);
                    cursor.set(blocks.nextBlock());
                },
                context.getConfiguration(),
                context);
    }

    @Override
    protected AtomicLong initializedState(BlockSplit split) {
        return new AtomicLong(split.nextBlock());
    }

    @Override
    protected BlockSplit toSplitType(String splitId, AtomicLong cursor) {
        return new BlockSplit(cursor.get());
    }

    @Override
    protected void onSplitFinished(Map<String, AtomicLong> finished) {
        throw new IllegalStateException("the chain does not end");
    }
}
