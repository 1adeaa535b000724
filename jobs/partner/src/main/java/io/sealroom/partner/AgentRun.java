package io.sealroom.partner;

import io.sealroom.partner.csv.CsvInput;
import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.topic.EventsTopic;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.TopicCheck;
import io.sealroom.privacy.identifier.EventIdKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * One life of an agent: checks what it was given, starts evaluating for the others, does its own
 * file if it has one, and then stays or ends.
 */
final class AgentRun {

    private final AgentConfig config;
    private final RunObserver observer;
    private final StopSignal stop;

    AgentRun(AgentConfig config, RunObserver observer, StopSignal stop) {
        this.config = config;
        this.observer = observer;
        this.stop = stop;
    }

    /**
     * Returns when there is nothing left to do, or the signal ends the stay.
     *
     * @throws AgentException if the own work could not be finished
     */
    void run() throws AgentException {
        Membership member =
                Membership.read(config.policy(), config.room(), config.keys(), config.partner());
        requireInput(member);
        RoomKeys keys = RoomKeys.of(member);
        SealSteps steps = new SealSteps(member.policy());
        EventFile file = new EventFile(member.policy(), steps);
        try (RejectsFile rejects = readInput(member, file);
                StateDirectory state =
                        StateDirectory.open(
                                config.state(), member.policy().room(), member.name())) {
            work(member, keys, state.path(), file, rejects);
        } catch (IOException e) {
            throw AgentException.badInput("rejects cannot be written: %s", e);
        }
    }

    private void work(
            Membership member,
            RoomKeys keys,
            Path state,
            EventFile file,
            @Nullable RejectsFile rejects)
            throws AgentException, IOException {
        boolean finished = false;
        try {
            stop.beginWork();
            KafkaClients clients = clients(member);
            try (OprfExchange exchange =
                    OprfExchange.start(
                            member, keys, clients, state, config.clock(), config.retryTimes())) {
                if (rejects != null) {
                    seal(member, exchange, clients, state, file, rejects);
                    rejects.flush();
                }
                finished = true;
                stop.endWork();
                if (config.stay()) {
                    stay(exchange);
                }
            }
        } catch (InterruptedException e) {
            throw AgentException.unavailable(null, "stopped before the own file was done");
        } catch (AgentException | KafkaException e) {
            if (stop.isStopped() && !finished) {
                throw AgentException.unavailable(e, "stopped before the own file was done");
            }
            if (e instanceof KafkaException) {
                throw AgentException.unavailable(e, "Kafka fails: %s", e);
            }
            throw e;
        } finally {
            stop.endWork();
        }
    }

    private void seal(
            Membership member,
            OprfExchange exchange,
            KafkaClients clients,
            Path state,
            EventFile file,
            RejectsFile rejects)
            throws AgentException, InterruptedException {
        SealClock clock = new SealClock(member.policy(), config.clock());
        try (EventsTopic topic = EventsTopic.open(member, clients)) {
            List<PartitionState> states = PartitionState.of(topic.replays());
            StepSealing sealing =
                    new StepSealing(member, new SealStore(state), topic, states, observer);
            sealing.resume();
            EpochTokens tokens =
                    new EpochTokens(
                            file.identifiers(SealingRun.sealedUntil(states)),
                            exchange.requester(),
                            clock,
                            observer);
            SealingRun run =
                    new SealingRun(
                            member, file, tokens, topic, sealing, states, rejects, clock, observer);
            run.run();
            stop.endWork();
            run.report();
        }
    }

    private void stay(OprfExchange exchange) throws AgentException {
        try {
            CompletableFuture.anyOf(stop.stopped(), exchange.failure()).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither completes with an exception", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        AgentException failure = exchange.failure().getNow(null);
        if (failure != null) {
            throw failure;
        }
    }

    private KafkaClients clients(Membership member) throws AgentException, InterruptedException {
        try {
            KafkaClients clients = new KafkaClients(config.kafka(), config.kafkaSettings());
            try (Admin admin = clients.admin()) {
                TopicCheck.require(admin, member.policy(), member.self());
            }
            return clients;
        } catch (KafkaException e) {
            throw AgentException.unavailable(e, "Kafka at %s: %s", config.kafka(), cause(e));
        }
    }

    private static Throwable cause(Throwable e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private void requireInput(Membership member) throws AgentException {
        if (member.self().supplies() && config.input() == null) {
            throw AgentException.badInput(
                    "%s supplies events: it needs an input, or the room waits for its seals",
                    member.name());
        }
        if (!member.self().supplies() && config.input() != null) {
            throw AgentException.badInput(
                    "%s supplies no events in this policy: it takes no input", member.name());
        }
    }

    private @Nullable RejectsFile readInput(Membership member, EventFile file)
            throws AgentException, IOException {
        if (config.input() == null || config.rejects() == null) {
            return null;
        }
        RejectsFile rejects = RejectsFile.create(config.rejects());
        try {
            new CsvInput(config.input(), member.policy(), new EventIdKey(member.keys().eventKey()))
                    .read(file::add, rejects);
            rejects.flush();
            return rejects;
        } catch (AgentException e) {
            rejects.close();
            throw e;
        }
    }
}
