package io.sealroom.cli.report;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The scale of values, from a tick to a tick, zero included. Integers of any size, exactly.
 *
 * @param low lowest tick
 * @param step between ticks, 1, 2 or 5 times a power of ten
 * @param steps number of them
 */
record ValueAxis(BigInteger low, BigInteger step, int steps) {

    private static final BigInteger STEPS_AIM = BigInteger.valueOf(5);
    private static final List<BigInteger> ROUND =
            List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(5), BigInteger.TEN);

    /** Wide enough for the intervals and thresholds of all series. */
    static ValueAxis of(List<Series> series) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE;
        for (Series one : series) {
            for (Point point : one.points()) {
                if (point.kind() == Point.Kind.VALUE) {
                    low = low.min(point.low());
                    high = high.max(point.high());
                }
                if (one.measure().ownThreshold()) {
                    high = high.max(point.threshold());
                }
            }
        }
        return between(low, high);
    }

    private static ValueAxis between(BigInteger low, BigInteger high) {
        BigInteger step = step(high.subtract(low));
        BigInteger first = floor(low, step);
        BigInteger last = floor(high.negate(), step).negate();
        return new ValueAxis(first, step, last.subtract(first).divide(step).intValueExact());
    }

    private static BigInteger step(BigInteger range) {
        BigInteger rough = range.add(STEPS_AIM).subtract(BigInteger.ONE).divide(STEPS_AIM);
        BigInteger power = BigInteger.TEN.pow(rough.toString().length() - 1);
        for (BigInteger factor : ROUND) {
            if (power.multiply(factor).compareTo(rough) >= 0) {
                return power.multiply(factor);
            }
        }
        throw new IllegalStateException("ten times its own power of ten is above every number");
    }

    private static BigInteger floor(BigInteger value, BigInteger step) {
        BigInteger[] parts = value.divideAndRemainder(step);
        BigInteger floor = parts[0].multiply(step);
        return parts[1].signum() < 0 ? floor.subtract(step) : floor;
    }

    List<BigInteger> ticks() {
        List<BigInteger> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(low.add(step.multiply(BigInteger.valueOf(i))));
        }
        return ticks;
    }

    /** How far above the lowest tick, where the highest tick is at {@code length}. */
    long position(BigInteger value, long length) {
        BigInteger range = step.multiply(BigInteger.valueOf(steps));
        return value.subtract(low)
                .multiply(BigInteger.valueOf(length))
                .divide(range)
                .longValueExact();
    }
}
