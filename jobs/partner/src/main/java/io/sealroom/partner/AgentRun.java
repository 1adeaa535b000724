package io.sealroom.partner;

import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.partner.topic.TopicCheck;
import java.nio.file.Path;
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
        try (OwnFile file = ownFile(member);
                StateDirectory state =
                        StateDirectory.open(
                                config.state(), member.policy().room(), member.name())) {
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
                    file.process(
                            clients,
                            exchange.requester(),
                            state,
                            config.clock(),
                            observer,
                            stop::endWork);
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
        return input == null || rejects == null ? null : OwnFile.open(member, input, rejects);
    }
}
