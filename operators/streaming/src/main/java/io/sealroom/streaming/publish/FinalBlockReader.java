package io.sealroom.streaming.publish;

import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.WrongChainException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Reads final blocks in the fetcher's thread; the only place of the source that waits, and it stops
 * waiting when woken. An endpoint that does not answer is asked again after a growing pause, and so
 * is one whose answer for a range of blocks cannot be read, with an alarm. One of a wrong chain or
 * contract ends the job for good.
 */
final class FinalBlockReader implements SplitReader<FinalBlocks, BlockSplit> {

    private final RoomContractFactory factory;
    private final PollOptions options;
    private final Backoff backoff;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Counter failures;
    private final Counter unreadable;

    private @Nullable RoomContract contract;
    private boolean assigned;
    private volatile long nextBlock;
    private volatile long finalBlock = -1;
    private long dueNanos = System.nanoTime();

    FinalBlockReader(RoomContractFactory factory, PollOptions options, MetricGroup metrics) {
        this.factory = factory;
        this.options = options;
        this.backoff = new Backoff(options.firstRetryMillis(), options.maxRetryMillis());
        this.failures = metrics.counter("endpointFailures");
        this.unreadable = metrics.counter("blocksUnreadable");
        metrics.gauge("nextBlock", () -> nextBlock);
        metrics.gauge("finalBlock", () -> finalBlock);
    }

    @Override
    public void handleSplitsChanges(SplitsChange<BlockSplit> change) {
        if (!(change instanceof SplitsAddition<BlockSplit>) || assigned) {
            throw new IllegalStateException("there is one split, and it never goes away");
        }
        nextBlock = change.splits().get(0).nextBlock();
        assigned = true;
    }

    @Override
    public RecordsWithSplitIds<FinalBlocks> fetch() {
        if (!awaitDue()) {
            return nothing();
        }
        try {
            return read();
        } catch (IOException e) {
            long pause = afterFailure();
            PublishLog.endpointAway("reading receipts", pause, e);
            return nothing();
        } catch (WrongChainException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private long afterFailure() {
        long pause = backoff.afterFailure();
        failures.inc();
        pauseFor(pause);
        return pause;
    }

    private RecordsWithSplitIds<FinalBlocks> read() throws IOException {
        if (contract == null) {
            contract = factory.open();
        }
        finalBlock = contract.finalBlock();
        if (finalBlock < nextBlock) {
            backoff.afterSuccess();
            pauseFor(options.pollMillis());
            return nothing();
        }
        long last = Math.min(finalBlock, nextBlock + options.blocksMax() - 1);
        List<ReceiptRecord> receipts;
        try {
            receipts = Receipts.of(contract.events(nextBlock, last));
        } catch (WrongChainException e) {
            throw e;
        } catch (RuntimeException e) {
            // A restart would read the same and fail again, and take signing and offering with it.
            unreadable.inc();
            PublishLog.blocksUnreadable(nextBlock, last, afterFailure(), e);
            return nothing();
        }
        backoff.afterSuccess();
        nextBlock = last + 1;
        Collection<FinalBlocks> one = List.of(new FinalBlocks(receipts, nextBlock));
        return new RecordsBySplits<>(Map.of(BlockSplit.ID, one), Set.of());
    }

    /** Waits until the next poll is due; false if woken or interrupted before. */
    private boolean awaitDue() {
        try {
            long remaining = dueNanos - System.nanoTime();
            return remaining <= 0 || !wakeUps.tryAcquire(remaining, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pauseFor(long millis) {
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static RecordsWithSplitIds<FinalBlocks> nothing() {
        return new RecordsBySplits<>(Map.of(), Set.of());
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {
        if (contract != null) {
            contract.close();
        }
    }
}
