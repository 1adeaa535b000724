package io.sealroom.partner.config;

import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/**
 * How one Kafka cluster is reached.
 *
 * @param bootstrapServers one or more {@code host:port}
 * @param settings further client settings, such as those of TLS; may be empty
 */
public record KafkaCluster(String bootstrapServers, Map<String, String> settings) {

    public KafkaCluster {
        settings = Map.copyOf(settings);
    }

    /**
     * What may be said of a failure: Kafka quotes the value that it cannot read, or a part of it,
     * and that may be of a password.
     */
    public static String fault(KafkaException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ConfigException || at instanceof IllegalArgumentException) {
                return "the client settings cannot be used ("
                        + at.getClass().getSimpleName()
                        + "; its message is not shown, since it may quote a password)";
            }
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.toString();
    }

    /** Without the settings' values: passwords are among them. */
    @Override
    public String toString() {
        return "KafkaCluster["
                + bootstrapServers
                + ", settings "
                + new TreeSet<>(settings.keySet())
                + "]";
    }
}
