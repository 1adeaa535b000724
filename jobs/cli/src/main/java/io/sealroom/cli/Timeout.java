package io.sealroom.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;

/** Reads how long to wait for an answer from the command line. */
public final class Timeout implements CommandLine.ITypeConverter<Duration> {

    private static final Duration MAX = Duration.ofDays(1);

    @Override
    public Duration convert(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.toMillis() > 0 && duration.compareTo(MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw refused();
        }
        throw refused();
    }

    private static CommandLine.TypeConversionException refused() {
        return new CommandLine.TypeConversionException(
                "must be an ISO-8601 duration from PT0.001S to P1D, as in PT20S");
    }
}
