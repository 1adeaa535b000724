package io.sealroom.schemas.record;

import org.jspecify.annotations.Nullable;

/**
 * A window of a query that is not released, for good.
 *
 * @param query name of the query
 * @param start window start, epoch milliseconds
 * @param end window end, exclusive
 * @param reason stable code
 * @param partner whose input it was, where it was one partner's
 * @param partition which partition, where it was one
 */
public record Withheld(
        String query,
        long start,
        long end,
        WithheldReason reason,
        @Nullable String partner,
        @Nullable Integer partition) {}
