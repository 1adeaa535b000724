package io.sealroom.pipeline;

import io.sealroom.streaming.flow.PendingRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Bytes as they stand; what they are is checked by the stage behind. */
final class PendingSchema implements KafkaRecordDeserializationSchema<PendingRecord> {

    private static final long serialVersionUID = 1;
    private static final byte[] NOTHING = new byte[0];

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PendingRecord> out) {
        out.collect(
                new PendingRecord(
                        record.key() == null ? NOTHING : record.key(),
                        record.value() == null ? NOTHING : record.value()));
    }

    @Override
    public TypeInformation<PendingRecord> getProducedType() {
        return TypeInformation.of(PendingRecord.class);
    }
}
