package io.sealroom.cli.report;

import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import java.math.BigInteger;

/**
 * A window of a series.
 *
 * @param start of the window, epoch milliseconds
 * @param end of the window, exclusive
 * @param kind what there is of it
 * @param value noisy value; zero where none is shown
 * @param margin 95 % margin in the same unit
 * @param threshold least noisy count that is shown
 */
record Point(
        long start,
        long end,
        Kind kind,
        BigInteger value,
        BigInteger margin,
        BigInteger threshold) {

    enum Kind {
        VALUE,
        SUPPRESSED,
        INVALID,
        /** The release has no such row. */
        ABSENT
    }

    /** Of a release that has no such row, or none that counts. */
    static Point without(ReportedRelease release) {
        return new Point(
                release.start(),
                release.end(),
                release.valid() ? Kind.ABSENT : Kind.INVALID,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO);
    }

    /**
     * What a row says of its window.
     *
     * @param margin 95 % margin of its noise
     * @param threshold least noisy count of its family that is shown
     */
    static Point of(
            ReportedRelease release, ReleaseRow row, BigInteger margin, BigInteger threshold) {
        return new Point(
                release.start(),
                release.end(),
                row.status() == RowStatus.SUPPRESSED ? Kind.SUPPRESSED : Kind.VALUE,
                row.value(),
                margin,
                threshold);
    }

    /** Lower end of the interval. What is counted is never below zero, so neither is this. */
    BigInteger low() {
        BigInteger low = value.subtract(margin);
        return value.signum() < 0 ? low : low.max(BigInteger.ZERO);
    }

    BigInteger high() {
        return value.add(margin);
    }
}
