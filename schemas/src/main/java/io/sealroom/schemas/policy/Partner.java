package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.AbiWords;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import org.jspecify.annotations.Nullable;

/**
 * A partner of the room.
 *
 * @param name names its topics
 * @param address of its chain key, which its agent signs with
 * @param approver who approves rooms and owns data sets for it; may be a contract wallet
 * @param dataset name of its data set in the ledger; null exactly for a partner that supplies
 *     nothing
 * @param partitions of its events topic; 0 for a partner that only evaluates
 */
public record Partner(
        String name, Address address, Address approver, @Nullable String dataset, int partitions) {

    /** Whether it has an events topic, and so seals, verdicts and totals. */
    public boolean supplies() {
        return partitions > 0;
    }

    /**
     * Its data set's id in the ledger (PROTOCOL.md section 9).
     *
     * @throws IllegalStateException if it has none
     */
    public Bytes32 datasetId() {
        if (dataset == null) {
            throw new IllegalStateException(name + " supplies no events, so it has no data set");
        }
        return new AbiWords().address(approver).bytes32(Digests.id(dataset)).keccak256();
    }
}
