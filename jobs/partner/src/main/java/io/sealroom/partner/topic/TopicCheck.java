package io.sealroom.partner.topic;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * At start: the topics an agent uses exist, its events topic is as the policy says, and none holds
 * what unpacks to more than a record may be.
 */
public final class TopicCheck {

    private TopicCheck() {}

    /**
     * @throws AgentException if Kafka is away or a topic is missing or of another shape
     */
    public static void require(Admin admin, Policy policy, Partner self)
            throws AgentException, InterruptedException {
        Map<String, Integer> wanted = new LinkedHashMap<>(RoomTopics.partitions(policy));
        wanted.keySet().removeIf(name -> !isOwn(name, policy, self));
        for (Map.Entry<String, Integer> topic : wanted.entrySet()) {
            TopicDescription found =
                    get(
                            admin.describeTopics(List.of(topic.getKey()))
                                    .topicNameValues()
                                    .get(topic.getKey()),
                            topic.getKey());
            if (found.partitions().size() != topic.getValue()) {
                throw AgentException.badInput(
                        "topic %s must have %d partitions, it has %d",
                        topic.getKey(), topic.getValue(), found.partitions().size());
            }
            requireFit(admin, topic.getKey());
        }
    }

    private static void requireFit(Admin admin, String topic)
            throws AgentException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = get(admin.describeConfigs(List.of(resource)).values().get(resource), topic);
        // A compacted topic forgets records that the chain head counts, and answers.
        require(topic, config, "cleanup.policy", "delete");
        // What another partner packed would be unpacked here, to any size.
        require(topic, config, "compression.type", Topics.COMPRESSION);
        String bytesMax = config.get("max.message.bytes").value();
        if (Integer.parseInt(bytesMax) > Topics.MESSAGE_BYTES_MAX) {
            throw AgentException.badInput(
                    "topic %s must have max.message.bytes of at most %d, it has %s",
                    topic, Topics.MESSAGE_BYTES_MAX, bytesMax);
        }
    }

    private static void require(String topic, Config config, String key, String wanted)
            throws AgentException {
        String found = config.get(key).value();
        if (!found.equals(wanted)) {
            throw AgentException.badInput(
                    "topic %s must have %s %s, it has %s", topic, key, wanted, found);
        }
    }

    private static boolean isOwn(String topic, Policy policy, Partner self) {
        String room = policy.room();
        return topic.equals(Topics.events(room, self.name()))
                || topic.startsWith(room + ".oprf.requests.")
                || policy.partners().stream()
                        .anyMatch(
                                other ->
                                        topic.equals(
                                                        Topics.oprfReplies(
                                                                room, self.name(), other.name()))
                                                || topic.equals(
                                                        Topics.oprfReplies(
                                                                room, other.name(), self.name())));
    }

    private static <T> T get(@Nullable KafkaFuture<T> future, String topic)
            throws AgentException, InterruptedException {
        try {
            return Objects.requireNonNull(future)
                    .get(KafkaClients.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw AgentException.unavailable(
                        null, "topic %s does not exist: create the room's topics first", topic);
            }
            throw AgentException.unavailable(
                    e.getCause(), "topic %s cannot be described: %s", topic, e.getCause());
        } catch (TimeoutException e) {
            throw AgentException.unavailable(
                    e, "Kafka does not answer within %d s", KafkaClients.PATIENCE.toSeconds());
        }
    }
}
