package io.sealroom.streaming.flow;

/**
 * What one or more identifiers add to one row, before noise.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 * @param row index of the row in the release
 * @param amount in the unit of the row's metric
 */
public record Contribution(int query, long windowStart, int row, long amount) {

    /** Without the amount. */
    @Override
    public String toString() {
        return "Contribution[query " + query + " row " + row + "]";
    }
}
