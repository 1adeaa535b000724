package io.sealroom.schemas.policy;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.release.RowKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** What the count of tokens that a cap cut may tell; null for no such row. */
    @Nullable Loss caps();

    /** Rows of every release of the query, by index from 0. */
    List<RowKey> rows(Policy policy);

    /** How many {@link #rows(Policy)} are, without making them. */
    int rowCount(Policy policy);

    /**
     * Rows of the release of one window: {@link #rows(Policy)}, and in the last window of an epoch
     * the count of tokens that a cap cut, if the query has it.
     *
     * @param windowStart start of the window
     */
    default List<RowKey> rows(Policy policy, long windowStart) {
        List<RowKey> rows = rows(policy);
        if (caps() == null || windowStart != lastWindow(policy, windowStart)) {
            return rows;
        }
        return Stream.concat(rows.stream(), Stream.of(RowKey.caps(rows.size()))).toList();
    }

    /** Start of the last window of the epoch that holds {@code time}, or of the room in it. */
    default long lastWindow(Policy policy, long time) {
        return policy.epochEnd(time) - windowMillis();
    }

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
