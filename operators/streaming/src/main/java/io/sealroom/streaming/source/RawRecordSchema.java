package io.sealroom.streaming.source;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Hands every record on, whatever its bytes: decoding happens where the chain head is kept, so that
 * no record can slip past it.
 */
final class RawRecordSchema implements KafkaRecordDeserializationSchema<RawRecord> {

    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(new RawRecord(record.offset(), record.value()));
    }

    /** Never asked for by a running job: raw records do not leave the reader. */
    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return Types.GENERIC(RawRecord.class);
    }
}
