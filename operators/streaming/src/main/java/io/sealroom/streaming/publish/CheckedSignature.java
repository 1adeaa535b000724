package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.release.ReleaseEntry;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A list of release hashes of which {@link SignatureCheckFunction} found that a node of the policy
 * signed it.
 *
 * @param node position in the policy
 * @param window of the releases
 * @param releases all queries of the window in policy order, or one of them
 * @param signature 65 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes for the contract; lists are compared, not these.
public record CheckedSignature(
        int node, WindowBounds window, List<ReleaseEntry> releases, byte[] signature) {

    public static final TypeInformation<CheckedSignature> TYPE =
            TypeInformation.of(CheckedSignature.class);

    /** What the node says of a query, if anything. */
    Optional<Bytes32> hashOf(Bytes32 query) {
        return releases.stream()
                .filter(entry -> entry.query().equals(query))
                .map(ReleaseEntry::releaseHash)
                .findFirst();
    }

    @Override
    public String toString() {
        return "CheckedSignature[node " + node + " window " + window + " " + releases + "]";
    }
}
