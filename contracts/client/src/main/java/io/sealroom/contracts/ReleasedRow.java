package io.sealroom.contracts;

import java.math.BigInteger;

/**
 * One row of a release as its leaf holds it, PROTOCOL.md section 8.
 *
 * @param salt what keeps the leaf from being guessed; showing it shows the row
 */
public record ReleasedRow(
        int index,
        Word query,
        long start,
        long end,
        Word cell,
        int metric,
        int status,
        BigInteger value,
        Word salt) {}
