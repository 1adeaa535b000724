package io.sealroom.partner;

import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.kit.NotedRecords;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.partner.seal.ReanchorPlan;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.seal.SentEvents;
import io.sealroom.partner.session.RoomClients;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.partner.topic.Damage;
import io.sealroom.partner.topic.EventsTopic;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.Reanchoring;
import io.sealroom.partner.topic.SealObserver;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.policy.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/**
 * Lets the partitions of a partner go on that hold something else than its agent wrote. Killed at
 * any point it is run again: seals that were stored are sent byte for byte.
 */
final class ReanchorRun {

    private final AgentConfig config;
    private final Set<Integer> named;
    private final Consumer<String> out;
    private final SealObserver observer;

    /**
     * @param named partitions that are re-anchored whatever they hold
     * @param out gets lines for whoever started it
     */
    ReanchorRun(
            AgentConfig config, Set<Integer> named, Consumer<String> out, SealObserver observer) {
        this.config = config;
        this.named = Set.copyOf(named);
        this.out = out;
        this.observer = observer;
    }

    /**
     * Tells what {@link #run} would do; writes nothing and disturbs no writer.
     *
     * @throws AgentException if Kafka is away, or the state directory is used by an agent
     */
    void dryRun() throws AgentException {
        Membership member = member();
        String room = member.policy().room();
        StateDirectory.requireFree(config.state(), room, member.name());
        Path state = StateDirectory.path(config.state(), room, member.name());
        try {
            KafkaClients clients = RoomClients.open(config, member);
            List<PartitionReplay> replays = EventsTopic.look(member, clients, memoryMillis(member));
            Reanchoring reanchoring = new Reanchoring(member, new SealStore(state), replays);
            List<Damage> damages = damages(member, reanchoring, state, replays);
            if (!damages.isEmpty()) {
                plan(reanchoring, damages);
            }
            out.accept("dry run: nothing was written");
        } catch (InterruptedException | KafkaException e) {
            throw ended(e);
        }
    }

    /**
     * Returns when every damaged partition is re-anchored, and the seals were read back.
     *
     * @throws AgentException if Kafka is away, the state directory is used by an agent, or the
     *     topic's first records are gone
     */
    void run() throws AgentException {
        Membership member = member();
        try (StateDirectory state =
                StateDirectory.open(config.state(), member.policy().room(), member.name())) {
            KafkaClients clients = RoomClients.open(config, member);
            try (EventsTopic topic =
                    EventsTopic.openDamaged(member, clients, memoryMillis(member))) {
                Reanchoring reanchoring =
                        new Reanchoring(member, new SealStore(state.path()), topic.replays());
                List<Damage> damages = damages(member, reanchoring, state.path(), topic.replays());
                if (!damages.isEmpty()) {
                    ReanchorPlan plan = plan(reanchoring, damages);
                    NavigableMap<Integer, Bytes> seals = reanchoring.store(damages, plan);
                    observer.sealsStored(plan.from(), plan.to());
                    forgetNoted(state.path(), seals.navigableKeySet());
                    send(topic, seals, plan);
                }
            }
        } catch (InterruptedException | KafkaException e) {
            throw ended(e);
        }
    }

    private Membership member() throws AgentException {
        Membership member =
                Membership.read(config.policy(), config.room(), config.keys(), config.partner());
        if (!member.self().supplies()) {
            throw AgentException.badInput(
                    "%s supplies no events in this policy: it has no topic", member.name());
        }
        for (int partition : named) {
            if (partition < 0 || partition >= member.self().partitions()) {
                throw AgentException.badInput(
                        "--partition must be in [0, %d), got %d",
                        member.self().partitions(), partition);
            }
        }
        return member;
    }

    /**
     * As the partner's agent remembers: what it takes for a repetition is a difference here too.
     */
    private long memoryMillis(Membership member) {
        return hasJournal(member) ? SentEvents.memoryMillis(member.policy()) : Long.MAX_VALUE;
    }

    /** A file is its own journal, and is not read here. */
    private boolean hasJournal(Membership member) {
        return member.policy().mode() == Mode.LIVE && !(config.input() instanceof InputConfig.Csv);
    }

    private List<Damage> damages(
            Membership member, Reanchoring reanchoring, Path state, List<PartitionReplay> replays)
            throws AgentException {
        ReanchorReport.partitions(replays).forEach(out);
        List<LedgerDifference> noted = new ArrayList<>();
        if (hasJournal(member)) {
            NotedRecords records = noted(state);
            for (int partition = 0; partition < replays.size(); partition++) {
                noted.addAll(records.differences(partition, replays.get(partition)));
            }
        }
        List<Damage> damages = reanchoring.damages(noted, named);
        if (damages.isEmpty()) {
            out.accept("nothing to do: every partition holds what was written, or is sealed whole");
        }
        return damages;
    }

    private static NotedRecords noted(Path state) throws AgentException {
        try {
            return NotedRecords.read(state);
        } catch (IOException e) {
            throw AgentException.badInput("state: the journal cannot be used: %s", e);
        }
    }

    private ReanchorPlan plan(Reanchoring reanchoring, List<Damage> damages) {
        damages.forEach(damage -> ReanchorReport.damage(damage).forEach(out));
        ReanchorPlan plan = reanchoring.plan(damages, config.clock().millis());
        ReanchorReport.plan(plan).forEach(out);
        return plan;
    }

    /**
     * After the seals are stored, which tells from here on that these partitions are damaged, and
     * before they are sent: a record lost at the topic's end leaves its offset to a seal.
     */
    private static void forgetNoted(Path state, NavigableSet<Integer> partitions)
            throws AgentException {
        try {
            NotedRecords.forget(state, partitions::contains);
        } catch (IOException e) {
            throw AgentException.unavailable(e, "state: the journal cannot be written: %s", e);
        }
    }

    private void send(EventsTopic topic, NavigableMap<Integer, Bytes> seals, ReanchorPlan plan)
            throws AgentException, InterruptedException {
        for (Map.Entry<Integer, Bytes> seal : seals.entrySet()) {
            topic.append(seal.getKey(), List.of(seal.getValue().toBytes()));
            observer.sealSent(seal.getKey(), plan.to());
        }
        topic.readBack();
        out.accept(
                "re-anchored: partitions "
                        + seals.keySet().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + "; the agent may be started");
    }

    private static AgentException ended(Exception e) {
        if (e instanceof KafkaException kafka) {
            return AgentException.unavailable(null, "Kafka fails: %s", KafkaCluster.fault(kafka));
        }
        Thread.currentThread().interrupt();
        return AgentException.unavailable(null, "stopped before it was done");
    }
}
