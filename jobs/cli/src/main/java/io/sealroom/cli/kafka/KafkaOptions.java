package io.sealroom.cli.kafka;

import io.sealroom.cli.Timeout;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How to reach Kafka. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before a command runs.
public final class KafkaOptions {

    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "HOST:PORT[,...]",
            converter = Servers.class,
            description = "Kafka's bootstrap servers.")
    private String bootstrap;

    @Option(
            names = "--timeout",
            defaultValue = "PT20S",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "For which Kafka may be silent (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    public String bootstrap() {
        return bootstrap;
    }

    public Duration timeout() {
        return timeout;
    }

    /** Reads bootstrap servers from the command line. */
    public static final class Servers implements CommandLine.ITypeConverter<String> {

        private static final Pattern FORM =
                Pattern.compile("[^:,\\s]+:[0-9]{1,5}(,[^:,\\s]+:[0-9]{1,5})*");

        @Override
        public String convert(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new CommandLine.TypeConversionException("must be of the form " + FORM);
            }
            return text;
        }
    }
}
