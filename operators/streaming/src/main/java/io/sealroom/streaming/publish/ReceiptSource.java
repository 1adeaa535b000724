package io.sealroom.streaming.publish;

import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What the contract recorded about releases, from final blocks only, whoever sent the transaction.
 *
 * <p>Output: receipts in chain order; no timestamps, no watermarks. One split, whose state is the
 * next block to read: after a restore no event is missing, and one may come again. Unbounded. A
 * chain endpoint that does not answer is asked again with growing pauses (a log line, metric {@code
 * endpointFailures}) and fails nothing. Nor does a range of blocks whose events cannot be read: it
 * is an alarm (metric {@code blocksUnreadable}) and asked for again, and no receipt behind it comes
 * out until it can be read. An endpoint of a wrong chain or contract fails the job for good.
 * Metrics {@code nextBlock} and {@code finalBlock} say how far it is. Parallelism 1; further
 * readers would end at once.
 */
public final class ReceiptSource
        implements Source<ReceiptRecord, BlockSplit, UnassignedSplit>,
                ResultTypeQueryable<ReceiptRecord> {

    private static final long serialVersionUID = 1;

    private final RoomContractFactory factory;
    private final long deploymentBlock;
    private final PollOptions options;

    /**
     * @param factory connection to the contract; needs no sending key
     * @param deploymentBlock first block to read where there is no state, from the room file
     * @param options how to ask
     */
    public ReceiptSource(RoomContractFactory factory, long deploymentBlock, PollOptions options) {
        this.factory = factory;
        this.deploymentBlock = deploymentBlock;
        this.options = options;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<ReceiptRecord, BlockSplit> createReader(SourceReaderContext context) {
        return new ReceiptReader(factory, options, context);
    }

    @Override
    public SplitEnumerator<BlockSplit, UnassignedSplit> createEnumerator(
            SplitEnumeratorContext<BlockSplit> context) {
        return restoreEnumerator(
                context, new UnassignedSplit(Optional.of(new BlockSplit(deploymentBlock))));
    }

    @Override
    public SplitEnumerator<BlockSplit, UnassignedSplit> restoreEnumerator(
            SplitEnumeratorContext<BlockSplit> context, UnassignedSplit state) {
        return new ReceiptEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<BlockSplit> getSplitSerializer() {
        return new BlockSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<UnassignedSplit> getEnumeratorCheckpointSerializer() {
        return new UnassignedSplit.Serializer();
    }

    @Override
    public TypeInformation<ReceiptRecord> getProducedType() {
        return ReceiptRecord.TYPE;
    }
}
