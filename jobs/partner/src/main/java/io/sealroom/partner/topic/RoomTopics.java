package io.sealroom.partner.topic;

import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of a room: as many partitions as the policy says for events, one for all
 * others; nothing is compacted or deleted by age.
 */
public final class RoomTopics {

    private static final Map<String, String> KEPT =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");
    private static final long PAUSE_MILLIS = 50;

    private RoomTopics() {}

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
        for (Node node : policy.nodes()) {
            topics.put(Topics.pending(room, node.name()), 1);
            topics.put(Topics.rejects(room, node.name()), 1);
            topics.put(Topics.withheld(room, node.name()), 1);
            topics.put(Topics.releases(room, node.name()), 1);
        }
        return topics;
    }

    /**
     * Creates what is missing and returns when every partition has a leader. A topic that exists is
     * left as it is; agents and nodes check theirs at start.
     *
     * @param replication copies of each partition
     * @throws IOException if Kafka refuses or is away
     */
    public static void create(Admin admin, Policy policy, short replication) throws IOException {
        Map<String, Integer> wanted = partitions(policy);
        List<NewTopic> topics = new ArrayList<>();
        wanted.forEach(
                (name, count) -> topics.add(new NewTopic(name, count, replication).configs(KEPT)));
        try {
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                await(created);
            }
            while (!haveLeaders(admin, List.copyOf(wanted.keySet()))) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (ExecutionException e) {
            throw new IOException("topics were not created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while creating topics");
        }
    }

    private static void await(KafkaFuture<Void> created)
            throws ExecutionException, InterruptedException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
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
