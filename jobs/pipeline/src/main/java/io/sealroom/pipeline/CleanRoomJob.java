package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.release.NodeSecrets;
import io.sealroom.streaming.source.SealedSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * From events topics to pending releases. It knows nothing of the chain but the room's identity.
 */
@Command(
        name = "clean-room-job",
        description = "Computes a room's releases from its events topics.",
        mixinStandardHelpOptions = true)
public final class CleanRoomJob implements Callable<Integer> {

    @Mixin private JobOptions options = new JobOptions();

    private CleanRoomJob() {}

    public static void main(String[] arguments) throws Exception {
        JobMain.run(new CommandLine(new CleanRoomJob()), arguments);
    }

    @Override
    public Integer call() throws Exception {
        NodeSettings settings = options.settings();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, settings, options.nodeKeys);
        env.execute("clean room " + settings.policy().room());
        return 0;
    }

    /**
     * Adds the job to an environment.
     *
     * @param nodeKeys path of the node's key file where the tasks run
     */
    public static void build(
            StreamExecutionEnvironment env, NodeSettings settings, String nodeKeys) {
        build(env, settings, new NodeKeyFile(nodeKeys));
    }

    static void build(StreamExecutionEnvironment env, NodeSettings settings, NodeSecrets secrets) {
        Environments.configure(env);
        NodeTopics topics = new NodeTopics(settings);
        List<DataStream<SourceRecord>> sources =
                settings.policy().suppliers().stream()
                        .map(partner -> source(env, settings, partner, topics))
                        .toList();
        CleanRoomOutputs outputs = new CleanRoomTopology(settings, secrets).build(sources);
        outputs.pending().sinkTo(topics.pending()).uid(OperatorUids.PENDING_SINK).name("pending");
        // Rebalanced whatever the parallelism: an edge that is pointwise at one parallelism and not
        // at another cannot be restored with records in flight.
        outputs.rejects()
                .rebalance()
                .sinkTo(topics.rejects())
                .uid(OperatorUids.REJECTS_SINK)
                .name("rejects");
        outputs.withheld()
                .sinkTo(topics.withheld())
                .uid(OperatorUids.WITHHELD_SINK)
                .name("withheld");
    }

    /** The first also sees to the pending topic, which no source reads. */
    private static DataStream<SourceRecord> source(
            StreamExecutionEnvironment env,
            NodeSettings settings,
            Partner partner,
            NodeTopics topics) {
        Policy policy = settings.policy();
        SealedSource source =
                SealedSource.of(
                        policy,
                        settings.identity(),
                        partner.name(),
                        Map.of("bootstrap.servers", settings.kafka()));
        if (partner.equals(policy.suppliers().get(0))) {
            source =
                    source.writingTo(
                            Topics.pending(policy.room(), settings.node()),
                            topics.releaseBytesNeeded());
        }
        return env.fromSource(
                        source,
                        SealedSource.watermarks(policy),
                        "events of " + partner.name(),
                        TypeInformation.of(SourceRecord.class))
                .setParallelism(
                        SealedSource.parallelism(policy, partner.name(), env.getParallelism()))
                .uid(OperatorUids.SOURCE_PREFIX + partner.name());
    }
}
