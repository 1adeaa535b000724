package io.sealroom.streaming.flow;

/**
 * Key of the release stage.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 */
public record WindowKey(int query, long windowStart) {

    /** The window that a total is of. */
    public static WindowKey of(ExactTotal total) {
        return new WindowKey(total.query(), total.windowStart());
    }

    /** The window that a verdict concerns. */
    public static WindowKey of(WindowVerdict verdict) {
        return new WindowKey(verdict.query(), verdict.windowStart());
    }
}
