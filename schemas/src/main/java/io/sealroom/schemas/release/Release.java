package io.sealroom.schemas.release;

/**
 * A release that is final on chain.
 *
 * @param pending what the node computed
 * @param receipt where the chain recorded its hash
 */
public record Release(PendingRelease pending, Receipt receipt) {}
