package io.sealroom.partner.exchange;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both directions of one agent: answers the other partners from the moment it starts until it is
 * closed, and asks them when told to. Two threads do all curve arithmetic.
 */
public final class OprfExchange implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OprfExchange.class);
    private static final int WORKERS = 2;

    private final ExecutorService workers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicThread requests;
    private final TopicThread replies;
    private final ExchangeCore core;
    private final CompletableFuture<AgentException> failure = new CompletableFuture<>();

    private OprfExchange(
            Membership member,
            RoomKeys keys,
            KafkaClients clients,
            Path state,
            Clock clock,
            RetryTimes times,
            PrometheusRegistry registry)
            throws IOException {
        String room = member.policy().room();
        workers = workers(member.name());
        core =
                new ExchangeCore(
                        member,
                        keys,
                        state,
                        clock,
                        System::nanoTime,
                        times,
                        workers,
                        workers,
                        (evaluator, request) -> send(room, evaluator, request),
                        registry);
        producer = clients.producer();
        requests =
                new TopicThread(
                        member.name() + "-requests",
                        ExchangeConsumers.requests(clients, room, member.name()),
                        new RequestAnswering(
                                room,
                                member.name(),
                                core.service(),
                                core.parts().refusals(),
                                producer),
                        this::fail);
        replies =
                new TopicThread(
                        member.name() + "-replies",
                        ExchangeConsumers.replies(clients, member.policy(), member.name()),
                        (consumer, records) -> handOver(core.parts().router(), records),
                        this::fail);
    }

    /**
     * Starts answering.
     *
     * @param state directory of this partner in this room; exists
     * @param registry gets the exchange's metrics
     * @throws AgentException if Kafka is away, or the state directory cannot be used
     */
    public static OprfExchange start(
            Membership member,
            RoomKeys keys,
            KafkaClients clients,
            Path state,
            Clock clock,
            RetryTimes times,
            PrometheusRegistry registry)
            throws AgentException {
        try {
            OprfExchange exchange =
                    new OprfExchange(member, keys, clients, state, clock, times, registry);
            exchange.requests.start();
            exchange.replies.start();
            return exchange;
        } catch (IOException e) {
            throw AgentException.badInput("the state directory cannot be used: %s", e.getMessage());
        } catch (KafkaException e) {
            throw AgentException.unavailable(e, "Kafka is away: %s", e);
        }
    }

    /**
     * Asks the other partners, beside other requesters of this exchange.
     *
     * @throws IllegalStateException if there are more than eight
     */
    public TokenRequester newRequester() {
        return core.newRequester(EvaluationRequest.ELEMENTS_MAX);
    }

    /** Completes if this agent can no longer answer. */
    public CompletableFuture<AgentException> failure() {
        return failure.copy();
    }

    private static ExecutorService workers(String self) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                WORKERS, task -> new Thread(task, self + "-oprf-" + number.incrementAndGet()));
    }

    private static void handOver(ReplyRouter router, ConsumerRecords<byte[], byte[]> records)
            throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String topic = record.topic();
            // <room>.oprf.replies.<evaluator>.<requester>; names have no dots.
            String[] names = topic.split("\\.", -1);
            byte[] value = record.value();
            router.onReply(names[names.length - 2], value == null ? new byte[0] : value);
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
        core.fail(cause);
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
