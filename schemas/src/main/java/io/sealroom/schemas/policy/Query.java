package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.release.RowKey;
import java.util.List;

/** What is measured for each window; one hash on chain for each window and query. */
public sealed interface Query permits OverlapQuery, AttributionQuery {

    /** Names the query in the policy; its keccak256 stands on chain. */
    String name();

    /** Only events with this kind of identifier count. */
    IdentifierKind identifierKind();

    /** Length of its windows, which are multiples of it from 1970-01-01Z. */
    long windowMillis();

    /** Least noisy count that is released, in people or conversions. */
    long threshold();

    /** Rows of every release of the query, by index from 0. */
    List<RowKey> rows(Policy policy);

    /** Whether it counts events of the partner. */
    boolean reads(String partner);

    default Bytes32 id() {
        return Digests.id(name());
    }

    /** Start of the query's window that holds {@code time}. */
    default long windowStart(long time) {
        return Math.floorDiv(time, windowMillis()) * windowMillis();
    }
}
