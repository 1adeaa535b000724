package io.sealroom.streaming.flow;

/**
 * One row of one window of one query: key of the totals stage.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 * @param row index of the row in the release
 */
public record TotalKey(int query, long windowStart, int row) {

    /** The row that a contribution is for. */
    public static TotalKey of(Contribution contribution) {
        return new TotalKey(contribution.query(), contribution.windowStart(), contribution.row());
    }
}
