package io.sealroom.streaming.flow;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.util.function.Consumer;

/**
 * What one or more identifiers add to one row, before noise.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 * @param row index of the row in the release
 * @param amount in the unit of the row's metric
 */
public record Contribution(int query, long windowStart, int row, long amount) {

    /**
     * Counts one identifier for each query of which a cap cut it.
     *
     * @param queries bits of their positions in the policy
     * @param time in the epoch that it counts in
     */
    public static void cuts(Policy policy, long queries, long time, Consumer<Contribution> out) {
        for (long left = queries; left != 0; left &= left - 1) {
            int query = Long.numberOfTrailingZeros(left);
            Query capped = policy.queries().get(query);
            out.accept(
                    new Contribution(
                            query, capped.lastWindow(policy, time), capped.rowCount(policy), 1));
        }
    }

    /** Without the amount. */
    @Override
    public String toString() {
        return "Contribution[query " + query + " row " + row + "]";
    }
}
