package io.sealroom.partner.exchange;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.schemas.policy.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Answers everything on the own requests topic. Offsets are committed after the replies are
 * acknowledged, so that no request is lost when this agent is started again.
 */
final class RequestAnswering implements TopicThread.Handler {

    private static final byte[] EMPTY = new byte[0];

    private final String room;
    private final String self;
    private final EvaluationService service;
    private final RefusalLog refusals;
    private final KafkaProducer<byte[], byte[]> producer;

    RequestAnswering(
            String room,
            String self,
            EvaluationService service,
            RefusalLog refusals,
            KafkaProducer<byte[], byte[]> producer) {
        this.room = room;
        this.self = self;
        this.service = service;
        this.refusals = refusals;
        this.producer = producer;
    }

    @Override
    public void handle(
            KafkaConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records)
            throws AgentException, InterruptedException {
        List<Answer.Reply> replies = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> request : records) {
            Answer answer = service.answer(request.value() == null ? EMPTY : request.value());
            if (answer instanceof Answer.Reply reply) {
                replies.add(reply);
            } else if (answer instanceof Answer.Dropped dropped) {
                refusals.request(request.topic(), request.offset(), dropped.reason());
            }
        }
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Answer.Reply reply : replies) {
                String topic = Topics.oprfReplies(room, self, reply.requester());
                sent.add(producer.send(new ProducerRecord<>(topic, 0, null, reply.bytes().get())));
            }
            for (Future<RecordMetadata> acknowledged : sent) {
                acknowledged.get();
            }
        } catch (ExecutionException e) {
            throw AgentException.unavailable(
                    e.getCause(), "replies cannot be sent: %s", e.getCause());
        }
        consumer.commitSync();
    }
}
