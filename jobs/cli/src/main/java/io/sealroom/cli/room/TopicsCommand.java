package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.OutputOptions;
import io.sealroom.cli.PolicyOptions;
import io.sealroom.cli.Printable;
import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UnavailableException;
import io.sealroom.cli.kafka.KafkaOptions;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealroom room topics}. */
@Command(
        name = "topics",
        description = {
            "Creates a room's Kafka topics.",
            "",
            "Events topics get the policy's partitions, all others one; nothing is compacted or"
                    + " stored compressed. Events are kept until the room's end and --retention on"
                    + " top, or for ever; everything else is kept for ever. Topics that exist with"
                    + " other partitions, retention, compression or record size are named, nothing"
                    + " is created then, and the exit code is 1.",
            "",
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in before run().
final class TopicsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Mixin private PolicyOptions policyOptions;

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--replication",
            defaultValue = "3",
            paramLabel = "N",
            description = "Copies of each partition (default: ${DEFAULT-VALUE}).")
    private short replication;

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            description =
                    "Audit horizon: how long after the room's end events can still be replayed, as"
                            + " in P90D (default: for ever).")
    private @Nullable Duration auditHorizon;

    @Mixin private OutputOptions output;

    @Override
    public void run() {
        if (replication < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--replication must be at least 1");
        }
        if (auditHorizon != null && auditHorizon.isNegative()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--retention must not be negative");
        }
        Policy policy = policyOptions.policy();
        RoomTopics topics =
                auditHorizon == null ? RoomTopics.of(policy) : RoomTopics.of(policy, auditHorizon);
        try (Admin admin = admin()) {
            List<String> differences = topics.differences(admin);
            if (!differences.isEmpty()) {
                throw new RefusedException(
                        String.format(
                                "topics exist that the room cannot use; nothing was created:%n  %s",
                                String.join(String.format("%n  "), differences)));
            }
            List<String> created = topics.create(admin, replication);
            output.print(spec, new Created(topics.names(), created));
        } catch (IOException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw new UnavailableException(
                    "Kafka does not answer as it should: " + e.getClass().getSimpleName());
        }
    }

    private Admin admin() {
        int millis = Math.toIntExact(kafka.timeout().toMillis());
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrap(),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        millis,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis));
    }

    /**
     * All topics of the room.
     *
     * @param created those that were not there before
     */
    private record Created(List<String> topics, List<String> created) implements Printable {

        @Override
        public List<String> lines() {
            List<String> lines = new ArrayList<>();
            for (String topic : topics) {
                lines.add((created.contains(topic) ? "created  " : "exists   ") + topic);
            }
            return lines;
        }

        @Override
        public ObjectNode json() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            created.forEach(node.putArray("created")::add);
            topics.stream()
                    .filter(topic -> !created.contains(topic))
                    .forEach(node.putArray("existing")::add);
            return node;
        }
    }
}
