package io.sealroom.cli.policy;

import java.math.BigDecimal;
import picocli.CommandLine;

/** Reads the delta of (epsilon, delta) from the command line. */
final class Delta implements CommandLine.ITypeConverter<BigDecimal> {

    /** Below this nobody means it, and its digits would fill the page. */
    private static final BigDecimal MIN = new BigDecimal("1e-30");

    private static final BigDecimal MAX = new BigDecimal("0.5");

    @Override
    public BigDecimal convert(String text) {
        try {
            BigDecimal delta = new BigDecimal(text);
            if (delta.compareTo(MIN) >= 0 && delta.compareTo(MAX) <= 0) {
                return delta;
            }
        } catch (NumberFormatException e) {
            throw refused();
        }
        throw refused();
    }

    private static CommandLine.TypeConversionException refused() {
        return new CommandLine.TypeConversionException(
                "must be a number from 1e-30 to 0.5, as in 1e-6");
    }
}
