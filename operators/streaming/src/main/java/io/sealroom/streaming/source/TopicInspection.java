package io.sealroom.streaming.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Asks Kafka about a topic; blocks, so not for a thread that others wait for. */
final class TopicInspection implements Callable<TopicFacts> {

    private final String topic;
    private final Map<String, String> kafkaProperties;

    TopicInspection(String topic, Map<String, String> kafkaProperties) {
        this.topic = topic;
        this.kafkaProperties = Map.copyOf(kafkaProperties);
    }

    /**
     * @throws IOException if Kafka does not answer, or has no such topic: may pass
     */
    @Override
    public TopicFacts call() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(kafkaProperties))) {
            int partitions =
                    answer(admin.describeTopics(List.of(topic)).allTopicNames().get(), topic)
                            .partitions()
                            .size();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            Config config = answer(admin.describeConfigs(List.of(resource)).all().get(), resource);
            return new TopicFacts(
                    config.get("cleanup.policy").value(),
                    Long.parseLong(config.get("retention.ms").value()),
                    Long.parseLong(config.get("retention.bytes").value()),
                    config.get("compression.type").value(),
                    Integer.parseInt(config.get("max.message.bytes").value()),
                    offsets(admin, partitions, OffsetSpec.earliest()),
                    offsets(admin, partitions, OffsetSpec.latest()));
        } catch (ExecutionException e) {
            throw new IOException(
                    String.format(
                            "topic %s cannot be described: %s. Expected while Kafka is away or the"
                                    + " topic has not been created; the job tries again when it"
                                    + " restarts",
                            topic, e.getCause()),
                    e);
        }
    }

    private List<Long> offsets(Admin admin, int partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            request.put(new TopicPartition(topic, partition), spec);
        }
        // Committed only: a bounded read ends where a reader of committed records can get.
        Map<TopicPartition, ListOffsetsResultInfo> answers =
                admin.listOffsets(request, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get();
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            offsets.add(answer(answers, new TopicPartition(topic, partition)).offset());
        }
        return offsets;
    }

    /** Kafka answers what it was asked. */
    private static <K, V> V answer(Map<K, V> answers, K question) {
        return Objects.requireNonNull(answers.get(question));
    }
}
