package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.csv.RowIntake;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.input.RawTopicClients;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.partner.session.OwnSeed;
import io.sealroom.partner.session.RoomClients;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.oprf.SeedStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Reads everything that a run would read, and says what the run would do. Asks no partner, writes
 * nothing to Kafka and keeps no state: only the rejects are written.
 */
final class DryRun {

    private final AgentConfig config;
    private final PrintWriter out;

    DryRun(AgentConfig config, PrintWriter out) {
        this.config = config;
        this.out = out;
    }

    /**
     * @throws AgentException if the run could not begin, or not end
     */
    void run() throws AgentException {
        Membership member =
                Membership.read(config.policy(), config.room(), config.keys(), config.partner());
        SeedStore unused = OwnSeed.open(config, member);
        InputChecks.require(config, member);
        line("dry run: no partner is asked, nothing is sent and no state is kept");
        try {
            KafkaClients unusedClients = RoomClients.open(config, member);
            line("topics of the room are as the policy says, at " + config.kafka());
            requireNoFault(member);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AgentException.unavailable(null, "stopped before the input was read");
        }
    }

    private void requireNoFault(Membership member) throws AgentException {
        if (config.input() instanceof InputConfig.None) {
            line("evaluates for the others only");
        } else if (config.input() instanceof InputConfig.Topic topic) {
            requireTopic(topic);
        } else {
            // Whose rejects it would empty.
            StateDirectory.requireFree(config.state(), member.policy().room(), member.name());
            report(member, BoundedInput.of(config.input()).orElseThrow());
        }
    }

    private void requireTopic(InputConfig.Topic topic) throws AgentException {
        try (Consumer<byte[], byte[]> consumer = RawTopicClients.consumer(topic)) {
            int partitions = consumer.partitionsFor(topic.name()).size();
            if (partitions == 0) {
                throw AgentException.unavailable(
                        null, "the raw topic %s does not exist", topic.name());
            }
            line(
                    "raw topic "
                            + topic.name()
                            + " has "
                            + partitions
                            + " partitions; it is not read");
        } catch (KafkaException e) {
            throw AgentException.unavailable(
                    null, "the raw topic %s fails: %s", topic.name(), KafkaCluster.fault(e));
        }
    }

    private void report(Membership member, BoundedInput input) throws AgentException {
        input.rows().requireUsable();
        EventFile file = new EventFile(member.policy(), new SealSteps(member.policy()));
        try (RejectsFile rejects = input.createRejects(new RunObserver() {})) {
            input.rows()
                    .read(
                            new RowIntake(
                                    member.policy(),
                                    new EventIdKey(member.keys().eventKey()),
                                    file::add,
                                    rejects));
            DryRunReport report =
                    new DryRunReport(
                            member.policy(), file, rejects.counts(), config.clock().millis());
            report.lines().forEach(this::line);
            Optional<String> fault = report.fault();
            if (fault.isPresent()) {
                throw AgentException.badInput("%s", fault.get());
            }
        } catch (IOException e) {
            throw OwnFile.rejectsFailed(e);
        } catch (UncheckedIOException e) {
            throw OwnFile.rejectsFailed(e.getCause());
        }
    }

    private void line(String text) {
        out.println(config.partner() + ": " + text);
        out.flush();
    }
}
