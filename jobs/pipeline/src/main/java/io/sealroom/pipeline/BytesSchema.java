package io.sealroom.pipeline;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Puts records whose bytes are ready onto one topic; key and value say which. */
final class BytesSchema<T> implements KafkaRecordSerializationSchema<T> {

    private static final long serialVersionUID = 1;

    private final String topic;
    private final SerializableFunction<T, byte @Nullable []> key;
    private final SerializableFunction<T, byte[]> value;

    BytesSchema(
            String topic,
            SerializableFunction<T, byte @Nullable []> key,
            SerializableFunction<T, byte[]> value) {
        this.topic = topic;
        this.key = key;
        this.value = value;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, @Nullable Long timestamp) {
        // No timestamp of ours: it would be an event time, and topics are kept by wall clock.
        return new ProducerRecord<>(topic, key.apply(element), value.apply(element));
    }
}
