package io.sealroom.streaming.source;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Kafka source for topics of one partition that are kept for ever, as {@code sealroom room
 * topics} makes all of a room but events.
 *
 * <p>Whether they are is asked when the job starts, and no partition is looked up before; a reader
 * that is restored reads on meanwhile. A topic that differs fails the job for good; one that cannot
 * be inspected fails it so that a restart may help. The job needs the right to describe the topics
 * and their settings. What changes while the job runs is seen at its next start. State, output and
 * everything else are those of the Kafka source.
 */
public final class RoomTopicSource<T>
        implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1;

    private final KafkaSource<T> kafka;
    private final LinkedHashMap<String, Integer> topics;
    private final HashMap<String, String> kafkaProperties;

    /**
     * @param topics to be inspected: what is read, and what else the job depends on; of each, the
     *     least {@code max.message.bytes}
     * @param kafkaProperties bootstrap.servers, and what the cluster asks for
     */
    public RoomTopicSource(
            KafkaSource<T> kafka,
            Map<String, Integer> topics,
            Map<String, String> kafkaProperties) {
        this.kafka = kafka;
        this.topics = new LinkedHashMap<>(topics);
        this.kafkaProperties = new HashMap<>(kafkaProperties);
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
            throws Exception {
        return kafka.createReader(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return inspecting(context, kafka.createEnumerator(context));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
            throws Exception {
        return inspecting(context, kafka.restoreEnumerator(context, state));
    }

    private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> inspecting(
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator) {
        return InspectingEnumerator.of(context, enumerator, topics, kafkaProperties);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return kafka.getProducedType();
    }
}
