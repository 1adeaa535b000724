package io.sealroom.streaming.publish;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Collects what a reader emits. */
final class ReceiptList implements ReaderOutput<ReceiptRecord> {

    final List<ReceiptRecord> receipts = new ArrayList<>();

    @Override
    public void collect(ReceiptRecord receipt) {
        receipts.add(receipt);
    }

    @Override
    public void collect(ReceiptRecord receipt, long timestamp) {
        throw new IllegalStateException("receipts carry no event time");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new IllegalStateException("receipts carry no event time");
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<ReceiptRecord> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
}
