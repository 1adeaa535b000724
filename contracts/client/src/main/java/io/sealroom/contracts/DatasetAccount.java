package io.sealroom.contracts;

/**
 * A data set's limits, and how much of them is given away. Amounts are zCDP micro-rho.
 *
 * @param periodMillis length of a budget period
 * @param allowed sum of the allowances of all rooms, spent or not
 */
public record DatasetAccount(
        long periodMillis, long limitPerPeriod, long limitForLife, long allowed) {}
