package io.sealroom.streaming.publish;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * What a window's quorum hears from outside: one of the two.
 *
 * @param window key of the quorum
 * @param signature of a node, this one's included
 * @param receipt of the contract
 */
public record QuorumInput(
        WindowBounds window,
        @Nullable CheckedSignature signature,
        @Nullable ReceiptRecord receipt) {

    public static final TypeInformation<QuorumInput> TYPE = TypeInformation.of(QuorumInput.class);

    public static QuorumInput of(CheckedSignature signature) {
        return new QuorumInput(signature.window(), signature, null);
    }

    public static QuorumInput of(ReceiptRecord receipt) {
        return new QuorumInput(receipt.window(), null, receipt);
    }
}
