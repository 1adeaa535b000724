package io.sealroom.streaming.publish;

import java.util.List;

/**
 * What a range of final blocks says.
 *
 * @param receipts in chain order
 * @param nextBlock first block after the range
 */
record FinalBlocks(List<ReceiptRecord> receipts, long nextBlock) {}
