package io.sealroom.contracts;

/**
 * What one room may spend of a data set. Amounts are zCDP micro-rho.
 *
 * @param allowance in all
 * @param spent so far
 * @param limitPerPeriod the data set's, for all rooms together; 0 if the room was never allowed
 *     anything
 */
public record DatasetGrant(long allowance, long spent, long limitPerPeriod) {}
