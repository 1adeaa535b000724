package io.sealroom.cli.report;

import java.math.BigInteger;

/**
 * Where times and values are in a chart. Coordinates are integers, in tenths of the SVG's unit, so
 * that the same numbers are drawn the same everywhere.
 */
record Plot(TimeAxis time, ValueAxis values) {

    static final long WIDTH = 3_400;
    static final long HEIGHT = 1_800;
    static final long LEFT = 480;
    static final long RIGHT = WIDTH - 180;
    static final long TOP = 80;
    static final long BOTTOM = HEIGHT - 380;
    private static final long TENTHS = 10;

    long x(long at) {
        return LEFT
                + BigInteger.valueOf(at - time.start())
                        .multiply(BigInteger.valueOf(RIGHT - LEFT))
                        .divide(BigInteger.valueOf(time.length()))
                        .longValueExact();
    }

    long y(BigInteger value) {
        return BOTTOM - values.position(value, BOTTOM - TOP);
    }

    /** A straight line as the data of a path. */
    static String line(long x1, long y1, long x2, long y2) {
        return "M" + tenths(x1) + " " + tenths(y1) + "L" + tenths(x2) + " " + tenths(y2);
    }

    /** A coordinate as the SVG has it. */
    static String tenths(long amount) {
        return amount % TENTHS == 0
                ? Long.toString(amount / TENTHS)
                : (amount / TENTHS) + "." + (amount % TENTHS);
    }
}
