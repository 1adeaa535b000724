package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Topics;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.publish.ContractSink;
import io.sealroom.streaming.publish.OfferPace;
import io.sealroom.streaming.publish.PollOptions;
import io.sealroom.streaming.publish.ReceiptRecord;
import io.sealroom.streaming.publish.ReceiptSource;
import io.sealroom.streaming.publish.Web3jRoomFactory;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From pending releases to releases, by way of the contract. It never sees an event or an exact
 * total.
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

    private PublishJob() {}

    public static void main(String[] arguments) throws Exception {
        JobMain.run(new CommandLine(new PublishJob()), arguments);
    }

    @Override
    public Integer call() throws Exception {
        NodeSettings settings = options.settings();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, settings, options.nodeKeys, rpcUrl);
        env.execute("publish " + settings.policy().room());
        return 0;
    }

    /**
     * Adds the job to an environment.
     *
     * @param nodeKeys path of the node's key file where the tasks run
     * @param rpcUrl chain endpoint
     */
    public static void build(
            StreamExecutionEnvironment env, NodeSettings settings, String nodeKeys, String rpcUrl) {
        Environments.configure(env);
        NodeKeyFile key = new NodeKeyFile(nodeKeys);
        ContractSink contract =
                new ContractSink(
                        Web3jRoomFactory.sending(rpcUrl, settings.identity(), key),
                        key,
                        OfferPace.defaults());
        PublishOutputs outputs =
                new PublishTopology(settings, contract)
                        .build(pending(env, settings), receipts(env, settings, rpcUrl));
        NodeTopics topics = new NodeTopics(settings);
        outputs.releases()
                .sinkTo(topics.releases())
                .uid(OperatorUids.RELEASES_SINK)
                .name("releases");
        outputs.withheld()
                .sinkTo(topics.withheld())
                .uid(OperatorUids.GATE_WITHHELD_SINK)
                .name("withheld");
    }

    private static DataStream<PendingRecord> pending(
            StreamExecutionEnvironment env, NodeSettings settings) {
        KafkaSource<PendingRecord> source =
                KafkaSource.<PendingRecord>builder()
                        .setBootstrapServers(settings.kafka())
                        .setTopics(Topics.pending(settings.policy().room(), settings.node()))
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setProperty("partition.discovery.interval.ms", "-1")
                        .setProperty("isolation.level", "read_committed")
                        .setProperty("commit.offsets.on.checkpoint", "false")
                        .setDeserializer(new PendingSchema())
                        .build();
        return env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "pending",
                        TypeInformation.of(PendingRecord.class))
                .setParallelism(1)
                .uid(OperatorUids.PENDING_SOURCE);
    }

    private static DataStream<ReceiptRecord> receipts(
            StreamExecutionEnvironment env, NodeSettings settings, String rpcUrl) {
        ReceiptSource source =
                new ReceiptSource(
                        Web3jRoomFactory.reading(rpcUrl, settings.identity()),
                        settings.room().deploymentBlock(),
                        PollOptions.defaults());
        return env.fromSource(
                        source, WatermarkStrategy.noWatermarks(), "receipts", ReceiptRecord.TYPE)
                .setParallelism(1)
                .uid(OperatorUids.RECEIPT_SOURCE);
    }
}
