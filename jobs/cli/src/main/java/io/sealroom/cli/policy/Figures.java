package io.sealroom.cli.policy;

import io.sealroom.privacy.dp.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/** Numbers for people. */
final class Figures {

    /** More digits than are ever shown. */
    private static final MathContext DIGITS = new MathContext(40);

    private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.01");

    private Figures() {}

    /** With commas, and at most so many digits after the point, the last one rounded up. */
    static String number(BigDecimal value, int decimals) {
        DecimalFormat format =
                new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.CEILING);
        return format.format(value);
    }

    /** With commas. */
    static String integer(BigInteger value) {
        return number(new BigDecimal(value), 0);
    }

    /** A probability, rounded up. */
    static String percent(double probability) {
        BigDecimal percent = new BigDecimal(probability).movePointRight(2);
        return percent.compareTo(LEAST_PERCENT) < 0
                ? "< 0.01 %"
                : percent.setScale(2, RoundingMode.CEILING) + " %";
    }

    /** A rational number to 40 digits. */
    static BigDecimal decimal(Rational value) {
        return new BigDecimal(value.numerator())
                .divide(new BigDecimal(value.denominator()), DIGITS);
    }

    /** A square root to 40 digits. */
    static BigDecimal root(BigDecimal value) {
        return value.sqrt(DIGITS);
    }

    /** A number of epochs, as in {@code 1 epoch}. */
    static String epochs(long epochs) {
        return epochs == 1 ? "1 epoch" : epochs + " epochs";
    }

    /** A length of time, as in {@code 28 d} or {@code 1 h 5 min}. */
    static String duration(long millis) {
        Duration duration = Duration.ofMillis(millis);
        StringBuilder text = new StringBuilder();
        add(text, duration.toDays(), "d");
        add(text, duration.toHoursPart(), "h");
        add(text, duration.toMinutesPart(), "min");
        add(text, duration.toSecondsPart(), "s");
        add(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void add(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
        }
    }
}
