package io.sealroom.pipeline;

import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.ReceiptRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the publishing takes.
 *
 * @param pending this node's releases that wait for the chain
 * @param signatures values of the signatures topic, of all nodes
 * @param receipts what the contract recorded
 */
record PublishInputs(
        DataStream<PendingRecord> pending,
        DataStream<byte[]> signatures,
        DataStream<ReceiptRecord> receipts) {}
