package io.sealroom.local.parts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics over the admin protocol; the same for every {@link KafkaBroker}. */
final class TopicCreation {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final short ONE_COPY = 1;

    private TopicCreation() {}

    static void createTopic(
            String bootstrapServers, String name, int partitions, Map<String, String> configs)
            throws IOException {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            NewTopic topic = new NewTopic(name, partitions, ONE_COPY).configs(Map.copyOf(configs));
            admin.createTopics(List.of(topic)).all().get();
            Await.until(
                    "leaders of all partitions of topic " + name,
                    DEADLINE,
                    () -> hasLeaders(admin, name));
        } catch (ExecutionException e) {
            throw new IOException(
                    String.format("topic %s was not created: %s", name, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while creating topic " + name);
        }
    }

    private static boolean hasLeaders(Admin admin, String name) {
        try {
            TopicDescription description =
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            return description != null
                    && description.partitions().stream().allMatch(p -> p.leader() != null);
        } catch (ExecutionException e) {
            // The answer to createTopics can overtake the broker's own view of the metadata log.
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new IllegalStateException("topic " + name + " cannot be described", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while describing topic " + name, e);
        }
    }
}
