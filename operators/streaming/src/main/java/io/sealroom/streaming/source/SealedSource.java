package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.flow.SourceRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * One partner's events topic as a Flink source of events, verdicts and rejects (DESIGN 5).
 *
 * <p>Reads committed records from offset 0 of every partition that the policy names; group, offsets
 * in Kafka, record keys, headers and timestamps play no part. Its watermark is the end of the
 * slowest partition's last valid seal, minus one millisecond; before any seal the room's start,
 * minus one. Use it in streaming mode with {@link #watermarks} and at most {@link #parallelism}
 * readers; more are refused when the job starts, as is a topic that contradicts the policy.
 *
 * <p>State: per partition the offset, the last seal's end, the record count, the chain head and the
 * last {@link io.sealroom.privacy.seal.PartitionProgress#STANDING_MAX} valid seals.
 */
public final class SealedSource
        implements Source<SourceRecord, SealedSplit, SealedEnumeratorState>,
                ResultTypeQueryable<SourceRecord> {

    private static final long serialVersionUID = 1;

    /** How often readers compare their watermarks; a backlog passes one window in that time. */
    private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

    private final String policyJson;
    private final long chainId;
    private final String contract;
    private final String partner;
    private final HashMap<String, String> kafkaProperties;
    private final Boundedness boundedness;
    private final LinkedHashMap<String, Integer> written;
    private final KafkaSource<RawRecord> kafka;

    private SealedSource(
            PartnerTopic topic,
            Map<String, String> kafkaProperties,
            Boundedness boundedness,
            Map<String, Integer> written) {
        this.policyJson = topic.policy().canonicalJson();
        this.chainId = topic.identity().chainId();
        this.contract = topic.identity().contract().hex();
        this.partner = topic.partnerName();
        this.kafkaProperties = new HashMap<>(kafkaProperties);
        this.boundedness = boundedness;
        this.written = new LinkedHashMap<>(written);
        this.kafka = kafkaSource(topic, kafkaProperties);
    }

    /**
     * The source of a running room: it never ends.
     *
     * @param kafkaProperties bootstrap.servers, and what the cluster asks for (security,
     *     time-outs); what this source depends on overrides them
     * @throws IllegalArgumentException if the partner supplies no events under this policy, or the
     *     identity is not that of the policy
     */
    public static SealedSource of(
            Policy policy,
            RoomIdentity identity,
            String partner,
            Map<String, String> kafkaProperties) {
        return new SealedSource(
                PartnerTopic.of(identity, policy, partner),
                kafkaProperties,
                Boundedness.CONTINUOUS_UNBOUNDED,
                Map.of());
    }

    /** The same up to what is committed when the job starts: for audits and tests. */
    public SealedSource upToNow() {
        return new SealedSource(topic(), kafkaProperties, Boundedness.BOUNDED, written);
    }

    /**
     * The same, of a job that writes to a topic of one partition that is kept for ever. It is
     * inspected when the job starts, as those of {@link RoomTopicSource} are: a topic that takes
     * less would end the job each time that a large record comes.
     *
     * @param bytesNeeded the least {@code max.message.bytes} of the topic
     */
    public SealedSource writingTo(String topic, int bytesNeeded) {
        return new SealedSource(topic(), kafkaProperties, boundedness, Map.of(topic, bytesNeeded));
    }

    /**
     * How sources of a room are to be attached. Only seals make watermarks; partners are read no
     * further than one window (the longest) ahead of the slowest, so that a backlog waits in Kafka
     * and not in state.
     */
    public static WatermarkStrategy<SourceRecord> watermarks(Policy policy) {
        List<Long> lengths = policy.windowLengths();
        return WatermarkStrategy.<SourceRecord>noWatermarks()
                .withWatermarkAlignment(
                        "room " + policy.room(),
                        Duration.ofMillis(lengths.get(lengths.size() - 1)),
                        ALIGNMENT_INTERVAL);
    }

    /** The most readers that the partner's source can have in a job of this parallelism. */
    public static int parallelism(Policy policy, String partner, int jobParallelism) {
        return Math.min(jobParallelism, policy.partner(partner).partitions());
    }

    @Override
    public Boundedness getBoundedness() {
        return boundedness;
    }

    @Override
    public SourceReader<SourceRecord, SealedSplit> createReader(SourceReaderContext context)
            throws Exception {
        return new SealedReader(
                topic(),
                boundedness,
                kafka.createReader(context),
                new SourceMetrics(
                        context.metricGroup(),
                        partner,
                        SystemClock.getInstance()::absoluteTimeMillis));
    }

    @Override
    public SplitEnumerator<SealedSplit, SealedEnumeratorState> createEnumerator(
            SplitEnumeratorContext<SealedSplit> context) {
        return restoreEnumerator(context, SealedEnumeratorState.initial(topic()));
    }

    @Override
    public SplitEnumerator<SealedSplit, SealedEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<SealedSplit> context, SealedEnumeratorState state) {
        PartnerTopic topic = topic();
        SealedEnumerator enumerator =
                new SealedEnumerator(
                        topic,
                        boundedness,
                        context,
                        new TopicInspection(topic.name(), kafkaProperties),
                        state);
        return written.isEmpty()
                ? enumerator
                : InspectingEnumerator.of(context, enumerator, written, kafkaProperties);
    }

    @Override
    public SimpleVersionedSerializer<SealedSplit> getSplitSerializer() {
        return new SealedSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<SealedEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new SealedEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return TypeInformation.of(SourceRecord.class);
    }

    private PartnerTopic topic() {
        Policy policy = Policy.fromCanonicalJson(policyJson);
        return PartnerTopic.of(
                new RoomIdentity(chainId, new Address(contract), policy.room(), policy.hash()),
                policy,
                partner);
    }

    @SuppressWarnings(
            "deprecation") // The connector asks for OffsetResetStrategy and no other type.
    private static KafkaSource<RawRecord> kafkaSource(
            PartnerTopic topic, Map<String, String> kafkaProperties) {
        Properties properties = new Properties();
        properties.putAll(kafkaProperties);
        properties.setProperty("isolation.level", "read_committed");
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("commit.offsets.on.checkpoint", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.setProperty("partition.discovery.interval.ms", "-1");
        return KafkaSource.<RawRecord>builder()
                .setProperties(properties)
                .setTopics(topic.name())
                .setClientIdPrefix("sealroom-" + topic.name())
                // Splits carry their offsets. An offset that Kafka no longer has must fail the job:
                // going on from another one would read records twice or not at all.
                .setStartingOffsets(OffsetsInitializer.offsets(Map.of(), OffsetResetStrategy.NONE))
                .setDeserializer(new RawRecordSchema())
                .build();
    }
}
