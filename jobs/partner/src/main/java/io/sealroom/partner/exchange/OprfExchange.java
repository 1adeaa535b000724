package io.sealroom.partner.exchange;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both directions of one agent: answers the other partners from the moment it starts until it is
 * closed, and asks them when told to. Two threads do all curve arithmetic.
 */
public final class OprfExchange implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OprfExchange.class);
    private static final int WORKERS = 2;

    /** A request of 1024 elements takes about 0.2 s: few at a time keep replies coming. */
    private static final int REQUESTS_PER_POLL = 4;

    private final ExecutorService workers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicThread requests;
    private final TopicThread replies;
    private final TokenRequester requester;
    private final CompletableFuture<AgentException> failure = new CompletableFuture<>();

    private OprfExchange(
            Membership member,
            RoomKeys keys,
            KafkaClients clients,
            RequestIds ids,
            EpochRule epochs,
            RetryTimes times) {
        Policy policy = member.policy();
        String room = policy.room();
        AtomicInteger number = new AtomicInteger();
        workers =
                Executors.newFixedThreadPool(
                        WORKERS,
                        task ->
                                new Thread(
                                        task, member.name() + "-oprf-" + number.incrementAndGet()));
        producer = clients.producer();
        requester =
                new TokenRequester(
                        member,
                        keys,
                        new OpenQuestions(
                                member,
                                ids,
                                (evaluator, request) -> send(room, evaluator, request),
                                times),
                        workers,
                        EvaluationRequest.ELEMENTS_MAX);
        requests =
                new TopicThread(
                        member.name() + "-requests",
                        requestsConsumer(clients, room, member.name()),
                        new RequestAnswering(
                                room,
                                member.name(),
                                new EvaluationService(member, keys, epochs, workers),
                                producer),
                        this::fail);
        replies =
                new TopicThread(
                        member.name() + "-replies",
                        repliesConsumer(clients, policy, member.name()),
                        this::handOver,
                        this::fail);
    }

    /**
     * Starts answering.
     *
     * @param state directory of this partner in this room; exists
     * @throws AgentException if Kafka is away
     */
    public static OprfExchange start(
            Membership member,
            RoomKeys keys,
            KafkaClients clients,
            Path state,
            Clock clock,
            RetryTimes times)
            throws AgentException {
        try {
            OprfExchange exchange =
                    new OprfExchange(
                            member,
                            keys,
                            clients,
                            new RequestIds(state, clock),
                            new EpochRule(member.policy(), clock),
                            times);
            exchange.requests.start();
            exchange.replies.start();
            return exchange;
        } catch (IOException e) {
            throw AgentException.badInput("the state directory cannot be used: %s", e);
        } catch (KafkaException e) {
            throw AgentException.unavailable(e, "Kafka is away: %s", e);
        }
    }

    /** Asks the other partners. */
    public TokenRequester requester() {
        return requester;
    }

    /** Completes if this agent can no longer answer. */
    public CompletableFuture<AgentException> failure() {
        return failure.copy();
    }

    /** Goes on where the last committed reply was; the first time, at the beginning. */
    private static KafkaConsumer<byte[], byte[]> requestsConsumer(
            KafkaClients clients, String room, String self) {
        TopicPartition partition = new TopicPartition(Topics.oprfRequests(room, self), 0);
        KafkaConsumer<byte[], byte[]> consumer =
                clients.committingConsumer(
                        List.of(partition),
                        "sealroom-" + room + "-" + self + "-evaluator",
                        REQUESTS_PER_POLL);
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (committed == null || committed.offset() < begin || committed.offset() > end) {
            // Before the beginning: deleted by age, and asked again. Beyond the end: made anew.
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, committed.offset());
        }
        return consumer;
    }

    /** From the present end: requests of this run have new ids. */
    private static KafkaConsumer<byte[], byte[]> repliesConsumer(
            KafkaClients clients, Policy policy, String self) {
        List<TopicPartition> partitions =
                policy.partners().stream()
                        .map(Partner::name)
                        .filter(name -> !name.equals(self))
                        .map(name -> new TopicPartition(repliesTopic(policy, name, self), 0))
                        .toList();
        KafkaConsumer<byte[], byte[]> consumer = clients.consumer(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: a reply could come before the end is looked up.
        partitions.forEach(consumer::position);
        return consumer;
    }

    private static String repliesTopic(Policy policy, String evaluator, String self) {
        return Topics.oprfReplies(policy.room(), evaluator, self);
    }

    private void handOver(
            KafkaConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records)
            throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String topic = record.topic();
            // <room>.oprf.replies.<evaluator>.<requester>; names have no dots.
            String[] parts = topic.split("\\.", -1);
            byte[] value = record.value();
            requester.onReply(parts[parts.length - 2], value == null ? new byte[0] : value);
        }
    }

    private void send(String room, String evaluator, byte[] request) {
        // Not waited for: without an answer the request is sent again anyway.
        Future<RecordMetadata> unused =
                producer.send(
                        new ProducerRecord<>(
                                Topics.oprfRequests(room, evaluator), 0, null, request),
                        (metadata, failed) -> {
                            if (failed != null) {
                                LOG.warn("request to {} was not sent", evaluator, failed);
                            }
                        });
    }

    private void fail(AgentException cause) {
        failure.complete(cause);
        requester.onFailure(cause);
    }

    @Override
    public void close() {
        // Clients close badly under an interrupt; whoever stopped us sees it afterwards.
        boolean interrupted = Thread.interrupted();
        requests.close();
        replies.close();
        workers.shutdownNow();
        producer.close(Duration.ofSeconds(5));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
