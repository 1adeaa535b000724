package io.sealroom.streaming.publish;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The one split of {@link ReceiptSource}: all blocks of the chain from a cursor on.
 *
 * @param nextBlock first block whose events were not emitted
 */
public record BlockSplit(long nextBlock) implements SourceSplit {

    static final String ID = "room";

    @Override
    public String splitId() {
        return ID;
    }
}
