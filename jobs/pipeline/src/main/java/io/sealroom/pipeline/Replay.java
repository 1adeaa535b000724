package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.release.NodeSecrets;
import io.sealroom.streaming.source.SealedSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * Computes a room again from what its events topics hold now, with the operators of {@link
 * CleanRoomJob} in a Flink inside this process. It reads always from the first record, since chain
 * heads and touches need all that came before, and writes nothing anywhere.
 *
 * <p>The topics end, so that windows which no seal closes come out too, withheld as INCOMPLETE. No
 * checkpoints: what fails is started anew.
 */
public final class Replay {

    /** How old counts may be: a job's accumulators travel with the heartbeats. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final NodeSettings settings;
    private final NodeSecrets secrets;
    private final int parallelism;

    Replay(NodeSettings settings, NodeSecrets secrets, int parallelism) {
        this.settings = settings;
        this.secrets = secrets;
        this.parallelism = parallelism;
    }

    /**
     * As the policy's node that the settings name.
     *
     * @param keyFile its key file
     * @param parallelism of every stage
     */
    public static Replay asNode(NodeSettings settings, String keyFile, int parallelism) {
        return new Replay(settings, new NodeKeyFile(keyFile), parallelism);
    }

    /**
     * As the policy's auditor that the settings name.
     *
     * @param keyFile its key file
     * @param parallelism of every stage
     */
    public static Replay asAuditor(NodeSettings settings, String keyFile, int parallelism) {
        return new Replay(settings, new AuditorKeyFile(keyFile), parallelism);
    }

    /**
     * Runs to the end of what is committed now, or until the listener is satisfied.
     *
     * @return the counts by partner, in policy order; what was counted so far if it was satisfied
     * @throws IOException if Kafka does not answer, or from the listener
     * @throws ReplayRefusedException if the topics cannot be replayed under the policy
     */
    public Map<String, ReplayCounts> run(ReplayListener listener)
            throws IOException, ReplayRefusedException, InterruptedException {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        CloseableIterator<byte[]> results = build(env).collectAsync();
        List<String> partners = settings.policy().suppliers().stream().map(Partner::name).toList();
        try (ReplayRun run = ReplayRun.start(env, settings.policy().room(), results, partners)) {
            return run.follow(listener);
        }
    }

    /** Pending releases and withheld windows, as they would stand on the node's topics. */
    private DataStream<byte[]> build(StreamExecutionEnvironment env) {
        Environments.configure(env);
        env.getCheckpointConfig().disableCheckpointing();
        List<DataStream<SourceRecord>> sources =
                settings.policy().suppliers().stream()
                        .map(partner -> source(env, partner))
                        .toList();
        CleanRoomOutputs outputs = new CleanRoomTopology(settings, secrets).build(sources);
        TypeInformation<byte[]> bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        return outputs.pending()
                .map(PendingRecord::value)
                .returns(bytes)
                .uid(OperatorUids.REPLAY_PENDING)
                .union(
                        outputs.withheld()
                                // No method reference: it would take the codec along.
                                .map(reason -> Codecs.WITHHELD.encode(reason))
                                .returns(bytes)
                                .uid(OperatorUids.REPLAY_WITHHELD));
    }

    private DataStream<SourceRecord> source(StreamExecutionEnvironment env, Partner partner) {
        Policy policy = settings.policy();
        String name = partner.name();
        int readers = SealedSource.parallelism(policy, name, parallelism);
        return env.fromSource(
                        SealedSource.of(
                                        policy,
                                        settings.identity(),
                                        name,
                                        Map.of("bootstrap.servers", settings.kafka()))
                                .upToNow(),
                        SealedSource.watermarks(policy),
                        "events of " + name,
                        TypeInformation.of(SourceRecord.class))
                .setParallelism(readers)
                .uid(OperatorUids.SOURCE_PREFIX + name)
                .map(new ReplayCountFunction(name))
                .returns(TypeInformation.of(SourceRecord.class))
                .setParallelism(readers)
                .uid(OperatorUids.REPLAY_COUNT_PREFIX + name)
                .name("count " + name);
    }
}
