package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What {@link WindowQuorum} knows of a window, as it lies in the state. Queries are named by their
 * position among the window's queries, sets of them are bits.
 *
 * @param own this node's release hashes, as long as they are needed
 * @param settled the hashes that the chain has decided on
 * @param signatures of all nodes, until every query is settled
 * @param signedTogether whether this node signed all queries as one list
 * @param signedSingly queries that this node signed alone
 * @param expired whether waiting for a complete list has ended
 * @param offeredTogether whether the complete list was offered
 * @param offeredSingly queries that were offered alone
 * @param disagreeing by node: queries it was reported for with another hash than this node's
 * @param equivocating by node: queries it was reported for with two hashes of its own
 */
public record WindowMemory(
        Map<Integer, Bytes32> own,
        Map<Integer, Bytes32> settled,
        List<CheckedSignature> signatures,
        boolean signedTogether,
        long signedSingly,
        boolean expired,
        boolean offeredTogether,
        long offeredSingly,
        Map<Integer, Long> disagreeing,
        Map<Integer, Long> equivocating) {

    public static final TypeInformation<WindowMemory> TYPE = TypeInformation.of(WindowMemory.class);

    /** Of a window that nothing is known of. */
    static final WindowMemory NOTHING =
            new WindowMemory(
                    Map.of(), Map.of(), List.of(), false, 0, false, false, 0, Map.of(), Map.of());
}
