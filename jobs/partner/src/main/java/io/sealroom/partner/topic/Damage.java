package io.sealroom.partner.topic;

import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionReplay;
import java.util.List;

/**
 * A partition that goes on only if it is re-anchored.
 *
 * @param replay where it stands
 * @param differences between it and what this partner wrote, as far as they can be told; none if
 *     the partner named the partition, or its re-anchoring was begun
 */
public record Damage(int partition, PartitionReplay replay, List<LedgerDifference> differences) {

    public Damage {
        differences = List.copyOf(differences);
    }
}
