package io.sealroom.streaming.history;

/**
 * A partition of a partner's events topic.
 *
 * @param partner position in the policy
 * @param partition its number
 */
record PartitionId(int partner, int partition) {}
