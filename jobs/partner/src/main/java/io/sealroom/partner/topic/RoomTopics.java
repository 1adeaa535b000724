package io.sealroom.partner.topic;

import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of a room: as many partitions as the policy says for events, one for all others;
 * nothing is compacted, nothing is stored compressed, and nothing is deleted by age but events, if
 * an audit horizon says so.
 */
public final class RoomTopics {

    /** How Kafka must treat a topic. */
    private record Wanted(String name, int partitions, Map<String, String> configs) {}

    private static final String FOR_EVER = "-1";
    private static final long PAUSE_MILLIS = 50;

    private final List<Wanted> wanted = new ArrayList<>();

    private RoomTopics(Policy policy, Optional<Duration> auditHorizon) {
        List<String> events =
                policy.suppliers().stream()
                        .map(supplier -> Topics.events(policy.room(), supplier.name()))
                        .toList();
        String eventsRetention =
                auditHorizon
                        .map(horizon -> Long.toString(retentionMillis(policy, horizon)))
                        .orElse(FOR_EVER);
        Set<String> ofReleases = ofReleases(policy);
        int releaseBytesMax = Topics.releaseBytesMax(policy);
        partitions(policy)
                .forEach(
                        (name, count) ->
                                wanted.add(
                                        wanted(
                                                name,
                                                count,
                                                events.contains(name) ? eventsRetention : FOR_EVER,
                                                ofReleases.contains(name)
                                                        ? releaseBytesMax
                                                        : Topics.MESSAGE_BYTES_MAX)));
    }

    private static Set<String> ofReleases(Policy policy) {
        Set<String> topics = new HashSet<>();
        for (Node node : policy.nodes()) {
            topics.add(Topics.pending(policy.room(), node.name()));
            topics.add(Topics.releases(policy.room(), node.name()));
        }
        return topics;
    }

    /** All topics of a policy, kept for ever. */
    public static RoomTopics of(Policy policy) {
        return new RoomTopics(policy, Optional.empty());
    }

    /**
     * All topics of a policy.
     *
     * @param auditHorizon how long after the room's end events can still be replayed
     */
    public static RoomTopics of(Policy policy, Duration auditHorizon) {
        return new RoomTopics(policy, Optional.of(auditHorizon));
    }

    /**
     * Events arrive after the room's start, so that one this old is the horizon past its end. Their
     * age is that of their arrival: a writer's own timestamps could make them go at once.
     */
    private static long retentionMillis(Policy policy, Duration auditHorizon) {
        return Math.addExact(policy.endMillis() - policy.startMillis(), auditHorizon.toMillis());
    }

    private static Wanted wanted(
            String name, int partitions, String retention, int messageBytesMax) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", retention);
        configs.put("retention.bytes", FOR_EVER);
        configs.put("compression.type", Topics.COMPRESSION);
        configs.put("max.message.bytes", Integer.toString(messageBytesMax));
        if (!retention.equals(FOR_EVER)) {
            configs.put("message.timestamp.type", "LogAppendTime");
        }
        return new Wanted(name, partitions, configs);
    }

    /** Number of partitions by topic name, in a fixed order. */
    public static Map<String, Integer> partitions(Policy policy) {
        Map<String, Integer> topics = new LinkedHashMap<>();
        String room = policy.room();
        for (Partner supplier : policy.suppliers()) {
            topics.put(Topics.events(room, supplier.name()), supplier.partitions());
        }
        for (Partner evaluator : policy.partners()) {
            topics.put(Topics.oprfRequests(room, evaluator.name()), 1);
            for (Partner requester : policy.partners()) {
                if (!requester.equals(evaluator)) {
                    topics.put(Topics.oprfReplies(room, evaluator.name(), requester.name()), 1);
                }
            }
        }
        topics.put(Topics.signatures(room), 1);
        for (Node node : policy.nodes()) {
            topics.put(Topics.pending(room, node.name()), 1);
            topics.put(Topics.rejects(room, node.name()), 1);
            topics.put(Topics.withheld(room, node.name()), 1);
            topics.put(Topics.releases(room, node.name()), 1);
        }
        return topics;
    }

    /** Names of all topics, in a fixed order. */
    public List<String> names() {
        return wanted.stream().map(Wanted::name).toList();
    }

    /**
     * In what the topics that exist differ from what they must be, one text for each difference.
     *
     * @throws IOException if Kafka refuses or is away
     */
    public List<String> differences(Admin admin) throws IOException {
        List<String> differences = new ArrayList<>();
        Set<String> existing = get(admin.listTopics().names());
        for (Wanted topic : wanted) {
            if (existing.contains(topic.name())) {
                compare(topic, describe(admin, topic.name()), config(admin, topic), differences);
            }
        }
        return differences;
    }

    private static TopicDescription describe(Admin admin, String name) throws IOException {
        return Objects.requireNonNull(
                get(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
    }

    private static Config config(Admin admin, Wanted topic) throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        return Objects.requireNonNull(
                get(admin.describeConfigs(List.of(resource)).all()).get(resource));
    }

    private static void compare(
            Wanted topic, TopicDescription found, Config config, List<String> differences) {
        if (found.partitions().size() != topic.partitions()) {
            differences.add(
                    String.format(
                            "topic %s must have %d partitions, it has %d",
                            topic.name(), topic.partitions(), found.partitions().size()));
        }
        topic.configs()
                .forEach(
                        (key, value) -> {
                            ConfigEntry entry = config.get(key);
                            String actual = entry == null ? "none" : entry.value();
                            if (!value.equals(actual)) {
                                differences.add(
                                        String.format(
                                                "topic %s must have %s %s, it has %s",
                                                topic.name(), key, value, actual));
                            }
                        });
    }

    /**
     * Creates what is missing and returns when every partition has a leader. A topic that exists is
     * left as it is; agents and nodes check theirs at start.
     *
     * @param replication copies of each partition
     * @return names of those that it created
     * @throws IOException if Kafka refuses or is away
     */
    public List<String> create(Admin admin, short replication) throws IOException {
        Set<String> existing = get(admin.listTopics().names());
        List<NewTopic> missing =
                wanted.stream()
                        .filter(topic -> !existing.contains(topic.name()))
                        .map(
                                topic ->
                                        new NewTopic(topic.name(), topic.partitions(), replication)
                                                .configs(topic.configs()))
                        .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            await(created);
        }
        try {
            while (!haveLeaders(admin, names())) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return missing.stream().map(NewTopic::name).toList();
    }

    /** Creates all topics of a policy, kept for ever. */
    public static void create(Admin admin, Policy policy, short replication) throws IOException {
        of(policy).create(admin, replication);
    }

    /** Somebody else may have created it since we looked. */
    private static void await(KafkaFuture<Void> created) throws IOException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw refused(e);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException refused(ExecutionException e) {
        return new IOException("Kafka does not do what was asked: " + e.getCause(), e);
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while creating topics");
    }

    private static boolean haveLeaders(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException {
        try {
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                if (topic.partitions().stream().anyMatch(partition -> partition.leader() == null)) {
                    return false;
                }
            }
            return true;
        } catch (ExecutionException e) {
            // A broker may answer before it has seen the topic itself.
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
