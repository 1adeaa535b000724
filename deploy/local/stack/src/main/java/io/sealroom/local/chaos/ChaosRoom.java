package io.sealroom.local.chaos;

import io.sealroom.local.parts.Await;
import io.sealroom.local.parts.ChainOptions;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.local.parts.Ports;
import io.sealroom.local.stack.Console;
import io.sealroom.local.stack.LocalRoom;
import io.sealroom.local.stack.StartedParts;
import io.sealroom.partner.topic.RoomTopics;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** All parts of a run, started in an order in which each finds what it needs. */
final class ChaosRoom implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    /**
     * Ceremony, agents and jobs, which need the policy, take up to three times as long as what
     * needs none, on a machine that is busy too.
     */
    private static final long HEAD_START_FACTOR = 3;

    /** From the last fault to the end of the room, and what the start takes longer. */
    private static final long SLACK_MILLIS = 15_000;

    private static final long MINUTE_MILLIS = 60_000;
    private static final List<PartName> AGENTS = List.of(PartName.PUBLISHER, PartName.ADVERTISER);

    private final Path run;
    private final long beganMillis = System.currentTimeMillis();
    private final StartedParts closing;
    private final Map<PartName, Part> parts = new EnumMap<>(PartName.class);
    private final Launches launches;
    private final LocalChain chain;
    private final FlinkCluster cluster;
    private final String rpcUrl;
    private final EndpointProbe endpoint;

    /** Starts everything that needs no room. */
    ChaosRoom(Path run, ChaosOptions options, Console console) throws IOException {
        this.run = run;
        this.launches = new Launches(run);
        this.closing = new StartedParts(console::plain);
        try {
            chain =
                    add(
                            LocalChain.start(
                                    ChainOptions.defaults()
                                            .withBlockTimeSeconds(1)
                                            .withSlotsInAnEpoch(1)
                                            .withExtraArguments(List.of("--mixed-mining"))));
            int port = Ports.free();
            rpcUrl = "http://127.0.0.1:" + port;
            endpoint = new EndpointProbe(rpcUrl);
            cluster = cluster(options);
            part(PartName.BROKER, () -> launches.broker(PartName.BROKER));
            part(
                    PartName.CHAIN_ENDPOINT,
                    () -> launches.forwarder(PartName.CHAIN_ENDPOINT, port, chain.port()));
            part(PartName.JOB_MANAGER, () -> cluster.startJobManager(PartName.JOB_MANAGER));
            for (PartName name : List.of(PartName.TASK_MANAGER_ONE, PartName.TASK_MANAGER_TWO)) {
                part(name, () -> cluster.startTaskManager(name));
            }
            Await.until("the broker", START, this::brokerStarts);
            Await.until("the chain endpoint", START, endpoint::answers);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private FlinkCluster cluster(ChaosOptions options) throws IOException {
        return FlinkCluster.configure(
                options.cluster,
                run.resolve("flink"),
                run,
                List.of(
                        "state.backend.type: " + options.backend,
                        "execution.checkpointing.unaligned.enabled: " + options.unaligned));
    }

    /**
     * Opens the room, its start a moment ahead and its end after the faults, makes all topics and
     * starts the agents.
     */
    LocalRoom open(int minutes) throws IOException, PolicyException {
        Path keys = run.resolve("keys");
        KeyGeneration.generate(keys, ChaosPolicy.PARTNERS, List.of(ChaosPolicy.NODE));
        long now = System.currentTimeMillis();
        long start = window(now + HEAD_START_FACTOR * (now - beganMillis));
        long end = window(start + SLACK_MILLIS + minutes * MINUTE_MILLIS);
        Path policyFile = run.resolve("policy.yaml");
        Files.writeString(policyFile, ChaosPolicy.render(keys, start, end), StandardCharsets.UTF_8);
        Policy policy = PolicyFile.read(policyFile);
        for (var partner : policy.partners()) {
            chain.fund(partner.address().hex());
        }
        for (var node : policy.nodes()) {
            chain.fund(node.address().hex());
        }
        LocalRoom room =
                LocalRoom.open(rpcUrl, chain.developmentKey(0), policyFile, policy, keys, run);
        createTopics(policy);
        for (PartName agent : AGENTS) {
            part(agent, () -> launches.agent(agent, room));
        }
        Await.until("both agents", START, () -> requireAgents() && agentsTake());
        return room;
    }

    /** The next end of a window after a moment. */
    private static long window(long millis) {
        return (millis / ChaosPolicy.WINDOW_MILLIS + 1) * ChaosPolicy.WINDOW_MILLIS;
    }

    private void createTopics(Policy policy) throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            RoomTopics.create(admin, policy, (short) 1);
            admin.createTopics(
                            ChaosPolicy.PARTNERS.stream()
                                    .map(RawTopicWriter::topic)
                                    .map(topic -> new NewTopic(topic, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("the raw topics were not made", e);
        }
    }

    /** Another process may have taken the port between the choice and the use: once more, then. */
    private boolean brokerStarts() {
        try {
            part(PartName.BROKER).startIfEnded();
            return !kafka().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody kills yet: one that ends cannot be started. */
    private boolean requireAgents() {
        for (PartName agent : AGENTS) {
            if (!part(agent).isAlive()) {
                throw new IllegalStateException(
                        "the agent of " + agent.label() + " ended; see its agent.log");
            }
        }
        return true;
    }

    private boolean agentsTake() {
        return AGENTS.stream().allMatch(agent -> launches.takes(agent) && part(agent).isAlive());
    }

    private void part(PartName name, Part.Launch launch) throws IOException {
        Part part = add(new Part(name, launch));
        parts.put(name, part);
        part.start();
    }

    Part part(PartName name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException("not started: " + name);
        }
        return part;
    }

    List<Part> parts() {
        return List.copyOf(parts.values());
    }

    String kafka() {
        return launches.kafka();
    }

    String rpcUrl() {
        return rpcUrl;
    }

    FlinkRest flink() {
        return new FlinkRest(cluster.restPort());
    }

    /** Whether agents take their input, and the chain endpoint answers. */
    boolean agentsAndChainAnswer() {
        return agentsTake() && endpoint.answers();
    }

    /** Takes something over: it is closed before everything that was there earlier. */
    <T extends AutoCloseable> T add(T part) {
        return closing.add(part);
    }

    @Override
    public void close() {
        closing.close();
    }
}
