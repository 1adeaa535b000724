package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Topics;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.ContractSink;
import io.sealroom.streaming.publish.NodeKey;
import io.sealroom.streaming.publish.PollOptions;
import io.sealroom.streaming.publish.QuorumPace;
import io.sealroom.streaming.publish.ReceiptRecord;
import io.sealroom.streaming.publish.ReceiptSource;
import io.sealroom.streaming.publish.RoomContractFactory;
import io.sealroom.streaming.publish.Web3jRoomFactory;
import io.sealroom.streaming.source.RoomTopicSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From pending releases to releases, by way of the other nodes and the contract. It never sees an
 * event or an exact total.
 */
@Command(
        name = "publish-job",
        description =
                "Brings a node's pending releases to the room's contract and releases what it holds.",
        mixinStandardHelpOptions = true)
public final class PublishJob implements Callable<Integer> {

    @Mixin private JobOptions options = new JobOptions();

    @Option(
            names = "--rpc",
            required = true,
            description =
                    "chain endpoint, JSON-RPC over HTTP; or, where the URL carries a credential, the"
                            + " file: URI of a file that holds it on every task manager")
    private String rpcUrl = "";

    @Option(
            names = "--singles-after-millis",
            description =
                    "age of a window's first release at which its queries are signed one by one, because"
                            + " some are missing or nodes disagree; default: ${DEFAULT-VALUE}")
    private long singlesAfterMillis = QuorumPace.defaults().singlesAfterMillis();

    @Option(
            names = "--stagger-millis",
            description =
                    "how much later than the node before it a node offers a window; longer than the"
                            + " chain takes for a block; default: ${DEFAULT-VALUE}")
    private long staggerMillis = QuorumPace.defaults().staggerMillis();

    @Option(
            names = "--max-fee-gwei",
            description =
                    "fee per gas that the node's key offers at most; while the chain asks for more,"
                            + " windows wait; default: ${DEFAULT-VALUE}")
    private long maxFeeGwei = Web3jRoomFactory.MAX_FEE_GWEI_DEFAULT;

    private PublishJob() {}

    public static void main(String[] arguments) throws Exception {
        JobMain.run(new CommandLine(new PublishJob()), arguments);
    }

    @Override
    public Integer call() throws Exception {
        NodeSettings settings = options.settings();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        QuorumPace pace = new QuorumPace(singlesAfterMillis, staggerMillis);
        build(env, settings, new NodeKeyFile(options.nodeKeys), rpcUrl, maxFeeGwei, pace);
        env.execute("publish " + settings.policy().room());
        return 0;
    }

    /**
     * Adds the job to an environment, at the default pace.
     *
     * @param nodeKeys path of the node's key file where the tasks run
     * @param rpcUrl chain endpoint
     */
    public static void build(
            StreamExecutionEnvironment env, NodeSettings settings, String nodeKeys, String rpcUrl) {
        build(env, settings, nodeKeys, rpcUrl, QuorumPace.defaults());
    }

    /**
     * Adds the job to an environment.
     *
     * @param nodeKeys path of the node's key file where the tasks run
     * @param rpcUrl chain endpoint
     * @param pace when this node signs and offers
     */
    public static void build(
            StreamExecutionEnvironment env,
            NodeSettings settings,
            String nodeKeys,
            String rpcUrl,
            QuorumPace pace) {
        build(
                env,
                settings,
                new NodeKeyFile(nodeKeys),
                rpcUrl,
                Web3jRoomFactory.MAX_FEE_GWEI_DEFAULT,
                pace);
    }

    private static void build(
            StreamExecutionEnvironment env,
            NodeSettings settings,
            NodeKey key,
            String rpcUrl,
            long maxFeeGwei,
            QuorumPace pace) {
        build(
                env,
                settings,
                key,
                Web3jRoomFactory.sending(rpcUrl, settings.identity(), key, maxFeeGwei),
                Web3jRoomFactory.reading(rpcUrl, settings.identity()),
                PublishPace.of(pace));
    }

    static void build(
            StreamExecutionEnvironment env,
            NodeSettings settings,
            NodeKey key,
            RoomContractFactory sending,
            RoomContractFactory reading,
            PublishPace pace) {
        Environments.configure(env);
        NodeTopics topics = new NodeTopics(settings);
        ContractSink contract = new ContractSink(sending, pace.offers());
        PublishOutputs outputs =
                new PublishTopology(settings, key, pace.quorum(), contract)
                        .build(
                                new PublishInputs(
                                        pending(env, settings, topics.releaseBytesNeeded()),
                                        signatures(env, settings),
                                        receipts(env, settings, reading, pace.polls())));
        outputs.signatures()
                .sinkTo(topics.signatures())
                .uid(OperatorUids.SIGNATURES_SINK)
                .name("signatures");
        outputs.releases()
                .sinkTo(topics.releases())
                .setParallelism(1)
                .uid(OperatorUids.RELEASES_TOPIC_SINK)
                .name("releases");
        outputs.withheld()
                .sinkTo(topics.withheld())
                .uid(OperatorUids.GATE_WITHHELD_SINK)
                .name("withheld");
    }

    /** It also sees to the releases topic, which no source reads. */
    @SuppressWarnings(
            "deprecation") // The connector asks for OffsetResetStrategy and no other type.
    private static DataStream<PendingRecord> pending(
            StreamExecutionEnvironment env, NodeSettings settings, int releaseBytesNeeded) {
        String room = settings.policy().room();
        String topic = Topics.pending(room, settings.node());
        KafkaSource<PendingRecord> kafka =
                source(settings, topic, new PendingSchema())
                        .setProperty("isolation.level", "read_committed")
                        // A record that Kafka no longer has must fail the job: going on from
                        // another one would lose windows.
                        .setStartingOffsets(
                                OffsetsInitializer.offsets(
                                        Map.of(new TopicPartition(topic, 0), 0L),
                                        OffsetResetStrategy.NONE))
                        .build();
        Map<String, Integer> topics = new LinkedHashMap<>();
        topics.put(topic, releaseBytesNeeded);
        topics.put(Topics.releases(room, settings.node()), releaseBytesNeeded);
        return env.fromSource(
                        new RoomTopicSource<>(kafka, topics, kafkaProperties(settings)),
                        WatermarkStrategy.noWatermarks(),
                        "pending",
                        TypeInformation.of(PendingRecord.class))
                .setParallelism(1)
                .uid(OperatorUids.PENDING_SOURCE);
    }

    private static DataStream<byte[]> signatures(
            StreamExecutionEnvironment env, NodeSettings settings) {
        String topic = Topics.signatures(settings.policy().room());
        KafkaSource<byte[]> kafka =
                source(settings, topic, new ValueSchema())
                        // Whoever can write here could hold up a reader of committed records by
                        // leaving a transaction open. Every record is verified by itself, an
                        // aborted one no less, and nodes write none in a transaction.
                        .setProperty("isolation.level", "read_uncommitted")
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .build();
        return env.fromSource(
                        // What nodes sign is small: any size that Kafka takes will do.
                        new RoomTopicSource<>(kafka, Map.of(topic, 0), kafkaProperties(settings)),
                        WatermarkStrategy.noWatermarks(),
                        "signatures",
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .setParallelism(1)
                .uid(OperatorUids.SIGNATURE_SOURCE);
    }

    private static <T> KafkaSourceBuilder<T> source(
            NodeSettings settings, String topic, KafkaRecordDeserializationSchema<T> schema) {
        return KafkaSource.<T>builder()
                .setBootstrapServers(settings.kafka())
                .setTopics(topic)
                .setProperty("partition.discovery.interval.ms", "-1")
                .setProperty("commit.offsets.on.checkpoint", "false")
                .setDeserializer(schema);
    }

    private static Map<String, String> kafkaProperties(NodeSettings settings) {
        return Map.of("bootstrap.servers", settings.kafka());
    }

    private static DataStream<ReceiptRecord> receipts(
            StreamExecutionEnvironment env,
            NodeSettings settings,
            RoomContractFactory reading,
            PollOptions polls) {
        ReceiptSource source = new ReceiptSource(reading, settings.room().deploymentBlock(), polls);
        return env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "receipts", ReceiptRecord.TYPE)
                .setParallelism(1)
                .uid(OperatorUids.RECEIPT_SOURCE);
    }
}
