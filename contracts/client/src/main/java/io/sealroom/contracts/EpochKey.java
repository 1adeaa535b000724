package io.sealroom.contracts;

/**
 * A partner's public blinding key of one epoch: an affine point of P-256, coordinates big-endian.
 * Whether it lies on the curve only the contract judges.
 */
public record EpochKey(Word x, Word y) {}
