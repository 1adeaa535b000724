package io.sealroom.cli.status;

import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.RoomFileOptions;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.kafka.CommittedTopics;
import io.sealroom.cli.kafka.KafkaOptions;
import io.sealroom.cli.kafka.RecordTopic;
import io.sealroom.cli.kafka.TopicTail;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom status}. */
@Command(
        name = "status",
        description = {
            "Shows who holds the room: which partition, and since when.",
            "",
            "From the ends of the events topics and from what one node refused, computed and"
                    + " released. A partition is SEALING, SILENT (a seal is overdue; only in a live"
                    + " room), REFUSED (a seal was refused and no valid one followed) or ENDED. If"
                    + " one is silent or refused the exit code is 1.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before call().
public final class StatusCommand implements Callable<Integer> {

    private final InstantSource clock;

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private RoomFileOptions roomOptions;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "The node whose rejects count (default: the policy's first).")
    private @Nullable String node;

    @Mixin private KafkaOptions kafka;

    @Mixin private OutputOptions output;

    /** By the machine's clock. */
    public StatusCommand() {
        this(InstantSource.system());
    }

    StatusCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Policy policy = policyOptions.policy();
        RoomIdentity identity = roomOptions.room().identity(policy);
        String name = nodeName(policy);
        RefusedSeals refused = new RefusedSeals();
        try (RecordTopic<Reject> rejects =
                RecordTopic.open(
                        kafka.bootstrap(),
                        Topics.rejects(policy.room(), name),
                        Codecs.REJECT,
                        kafka.timeout())) {
            rejects.read(refused);
        }
        try (CommittedTopics topics = new CommittedTopics(kafka.bootstrap(), kafka.timeout())) {
            RoomTails tails = new RoomTails(new TopicTail(topics), policy, identity);
            StatusReport report =
                    new StatusReport(
                            policy, tails.partitions(refused, clock.millis()), tails.node(name));
            output.print(spec, report);
            return report.calm() ? ExitCodes.OK : ExitCodes.MISMATCH;
        }
    }

    private String nodeName(Policy policy) {
        if (node == null) {
            return policy.nodes().get(0).name();
        }
        if (policy.nodes().stream().map(Node::name).noneMatch(node::equals)) {
            throw new UsageException(
                    String.format(
                            "--node must be a node of the policy (%s), got %s",
                            String.join(", ", policy.nodes().stream().map(Node::name).toList()),
                            node));
        }
        return node;
    }
}
