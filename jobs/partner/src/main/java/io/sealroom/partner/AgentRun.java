package io.sealroom.partner;

import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.TopicCheck;
import java.io.IOException;
import java.nio.file.Files;
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
        RoomKeys keys = RoomKeys.of(member);
        // First the lock: opening the own file empties the rejects, maybe a running agent's.
        try (StateDirectory state =
                        StateDirectory.open(config.state(), member.policy().room(), member.name());
                OwnFile file = ownFile(member)) {
            work(member, keys, state.path(), file);
        }
    }

    private void work(Membership member, RoomKeys keys, Path state, @Nullable OwnFile file)
            throws AgentException {
        boolean finished = false;
        try {
            stop.beginWork();
            KafkaClients clients = clients(member);
            try (OprfExchange exchange =
                    OprfExchange.start(
                            member, keys, clients, state, config.clock(), config.retryTimes())) {
                if (file != null) {
                    process(file, clients, exchange, state);
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

    /** Ends at once, and not at the next epoch, when the exchange fails: others wait for it. */
    private void process(OwnFile file, KafkaClients clients, OprfExchange exchange, Path state)
            throws AgentException, InterruptedException {
        CompletableFuture<Void> unused = exchange.failure().thenRun(stop::interruptWork);
        try {
            file.process(
                    clients, exchange.requester(), state, config.clock(), observer, stop::endWork);
        } catch (InterruptedException | AgentException | KafkaException e) {
            AgentException failure = exchange.failure().getNow(null);
            if (failure == null || stop.isStopped() || isAlarm(e)) {
                throw e;
            }
            throw failure;
        }
    }

    private static boolean isAlarm(Exception e) {
        return e instanceof AgentException agent && agent.exitCode() == ExitCode.ALARM;
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
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw AgentException.unavailable(e, "Kafka at %s: %s", config.kafka(), cause);
        }
    }

    private @Nullable OwnFile ownFile(Membership member) throws AgentException {
        Path input = config.input();
        Path rejects = config.rejects();
        if (member.self().supplies() && (input == null || rejects == null)) {
            throw AgentException.badInput(
                    "%s supplies events: it needs an input, or the room waits for its seals",
                    member.name());
        }
        if (!member.self().supplies() && input != null) {
            throw AgentException.badInput(
                    "%s supplies no events in this policy: it takes no input", member.name());
        }
        if (input == null || rejects == null) {
            return null;
        }
        requireNoOverwriting(rejects, input);
        return OwnFile.open(member, input, rejects);
    }

    /**
     * Rejects begin empty: over an input, every event would be gone, and nothing sealed for all.
     */
    private void requireNoOverwriting(Path rejects, Path input) throws AgentException {
        try {
            for (Path read : List.of(input, config.policy(), config.room(), config.keys())) {
                if (Files.exists(rejects) && Files.isSameFile(rejects, read)) {
                    throw AgentException.badInput("rejects would overwrite %s", read);
                }
            }
        } catch (IOException e) {
            throw AgentException.badInput("rejects cannot be compared with the input: %s", e);
        }
    }
}
