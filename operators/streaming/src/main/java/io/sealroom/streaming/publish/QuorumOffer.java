package io.sealroom.streaming.publish;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Releases of one window that a quorum signed as one list: what {@link ContractSink} brings to the
 * contract.
 *
 * @param window of all of them
 * @param releases in the order that was signed
 * @param signatures a quorum of them, rising by address
 */
public record QuorumOffer(
        WindowBounds window, List<CheckedPending> releases, List<QuorumSignature> signatures) {

    public static final TypeInformation<QuorumOffer> TYPE = TypeInformation.of(QuorumOffer.class);
}
