package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.release.Receipt;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One event of the contract about a query and window, in a final block.
 *
 * @param kind what it says
 * @param key query and window
 * @param end window end, exclusive
 * @param releaseHash the hash that stands; zero where none does
 * @param offered the hash that cannot stand, or that could not be paid for; else zero
 * @param transaction hash of the transaction
 * @param blockNumber number of the block
 * @param blockHash hash of the block
 */
public record ReceiptRecord(
        ReceiptKind kind,
        ReleaseKey key,
        long end,
        Bytes32 releaseHash,
        Bytes32 offered,
        Bytes32 transaction,
        long blockNumber,
        Bytes32 blockHash) {

    public static final TypeInformation<ReceiptRecord> TYPE =
            TypeInformation.of(ReceiptRecord.class);

    WindowBounds window() {
        return new WindowBounds(key.start(), end);
    }

    Receipt receipt() {
        return new Receipt(transaction, blockNumber, blockHash);
    }
}
