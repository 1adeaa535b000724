package io.sealroom.cli.report;

import io.sealroom.cli.RowUnit;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** How the rows of a metric are called and written. */
enum Measure {
    OVERLAP_TOTAL("Overlap"),
    REACH("Reach by partner"),
    OVERLAP_CELL("Overlap by cell"),
    COUNT("Conversions by cell"),
    VALUE("Value by cell"),
    CONVERTERS("Converters by cell"),
    CAPS("Identifiers that a cap cut");

    private static final String[] POWERS = {"", "k", "M", "bn", "tn"};
    private static final int GROUP_DIGITS = 3;
    // Above this a tick is written with a power.
    private static final BigDecimal LONG = BigDecimal.valueOf(10_000);

    private final String title;
    private final RowUnit unit;

    Measure(String title) {
        this.title = title;
        unit = RowUnit.of(Metric.valueOf(name()));
    }

    static Measure of(Metric metric) {
        return valueOf(metric.name());
    }

    String title() {
        return title;
    }

    String unit() {
        return unit.words();
    }

    /** Class name of the style. */
    String style() {
        return "m" + Metric.valueOf(name()).code();
    }

    /** What a row is called beside others of its metric. */
    String name(String label) {
        if (label.isEmpty()) {
            return this == CAPS ? "All partners" : "All named partners";
        }
        return label.equals(RowKey.UNATTRIBUTED) ? "unattributed" : label;
    }

    /** Whether the threshold is in the unit of the rows themselves. */
    boolean ownThreshold() {
        return this != VALUE;
    }

    /** The number as it is, with thousands apart. */
    String exact(BigInteger amount) {
        return grouped(decimal(amount));
    }

    /** A margin: rounded up, since digits that noise made say nothing. */
    String margin(BigInteger amount) {
        BigDecimal decimal = decimal(amount);
        int scale = Math.min(2, Math.max(0, decimal.scale()));
        return grouped(decimal.setScale(scale, RoundingMode.CEILING));
    }

    /** A tick of an axis, short. */
    String tick(BigInteger amount) {
        BigDecimal decimal = decimal(amount);
        int power = 0;
        while (power < POWERS.length - 1 && decimal.abs().compareTo(LONG) >= 0) {
            decimal = decimal.movePointLeft(GROUP_DIGITS);
            power++;
        }
        return decimal.abs().compareTo(LONG) >= 0
                ? decimal.round(new MathContext(GROUP_DIGITS)) + POWERS[power]
                : grouped(plain(decimal)) + POWERS[power];
    }

    private BigDecimal decimal(BigInteger amount) {
        return plain(unit.of(new BigDecimal(amount)));
    }

    private static BigDecimal plain(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String grouped(BigDecimal decimal) {
        String text = decimal.toPlainString();
        int point = text.indexOf('.') < 0 ? text.length() : text.indexOf('.');
        StringBuilder grouped = new StringBuilder(text);
        int first = text.startsWith("-") ? 1 : 0;
        for (int i = point - GROUP_DIGITS; i > first; i -= GROUP_DIGITS) {
            grouped.insert(i, ',');
        }
        return grouped.toString();
    }
}
