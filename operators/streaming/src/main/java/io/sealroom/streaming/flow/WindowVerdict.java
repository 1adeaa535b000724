package io.sealroom.streaming.flow;

/**
 * A verdict as it concerns one window of one query.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 * @param verdict the verdict
 */
public record WindowVerdict(int query, long windowStart, Verdict verdict) {}
