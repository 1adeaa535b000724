package io.sealroom.streaming.flow;

/**
 * Key of the release stage.
 *
 * @param query position of the query in the policy
 * @param windowStart start of the window, epoch milliseconds
 */
public record WindowKey(int query, long windowStart) {}
