package io.sealroom.streaming.flow;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;

/**
 * What one or more identifiers add to one row, before noise.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 * @param row index of the row in the release
 * @param amount in the unit of the row's metric
 */
public record Contribution(int query, long windowStart, int row, long amount) {

    /** One identifier that a cap of the query cut in the epoch that holds {@code time}. */
    public static Contribution cut(Policy policy, int query, long time) {
        Query capped = policy.queries().get(query);
        return new Contribution(query, capped.lastWindow(policy, time), capped.rowCount(policy), 1);
    }

    /** Without the amount. */
    @Override
    public String toString() {
        return "Contribution[query " + query + " row " + row + "]";
    }
}
