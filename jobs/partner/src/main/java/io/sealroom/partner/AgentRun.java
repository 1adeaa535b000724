package io.sealroom.partner;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.exchange.OprfExchange;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.metrics.AgentMetrics;
import io.sealroom.partner.metrics.AgentState;
import io.sealroom.partner.metrics.MetricsEndpoint;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.session.OwnSeed;
import io.sealroom.partner.session.PartnerSession;
import io.sealroom.partner.session.StateDirectory;
import io.sealroom.privacy.oprf.SeedStore;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * One life of an agent: checks what it was given, starts evaluating for the others, does its own
 * work if it has an input, and then stays or ends.
 */
final class AgentRun {

    private final AgentConfig config;
    private final RunObserver progress;
    private final StopSignal stop;
    private final LiveSink.Factory sinks;

    /**
     * @param progress hears how far the run is
     * @param sinks sends what comes from an input without an end
     */
    AgentRun(AgentConfig config, RunObserver progress, StopSignal stop, LiveSink.Factory sinks) {
        this.config = config;
        this.progress = progress;
        this.stop = stop;
        this.sinks = sinks;
    }

    /**
     * Returns when there is nothing left to do, or the signal ends the stay.
     *
     * @throws AgentException if the own work could not be finished
     */
    void run() throws AgentException {
        Membership member =
                Membership.read(config.policy(), config.room(), config.keys(), config.partner());
        SeedStore seed = OwnSeed.open(config, member);
        InputChecks.require(config, member);
        PrometheusRegistry registry = new PrometheusRegistry();
        AgentMetrics metrics = new AgentMetrics(registry, AgentVersion.current());
        RunObserver observer = new ObserverPair(progress, new MetricsObserver(metrics));
        // First the lock: opening the own work empties the rejects, maybe a running agent's.
        try (StateDirectory state =
                        StateDirectory.open(config.state(), member.policy().room(), member.name());
                MetricsEndpoint endpoint = metricsEndpoint(registry);
                OwnWork own = ownWork(member, observer)) {
            if (endpoint != null) {
                observer.metricsServed(endpoint.uri());
            }
            work(member, seed, state.path(), own, observer, registry, metrics);
        }
    }

    private @Nullable MetricsEndpoint metricsEndpoint(PrometheusRegistry registry)
            throws AgentException {
        Integer port = config.metricsPort();
        return port == null ? null : MetricsEndpoint.start(registry, port);
    }

    private @Nullable OwnWork ownWork(Membership member, RunObserver observer)
            throws AgentException {
        if (config.input() instanceof InputConfig.None) {
            return null;
        }
        if (InputChecks.isStream(config.input(), member.policy())) {
            return LiveWork.open(config.input(), config.producerBuffer(), sinks);
        }
        return OwnFile.open(member, BoundedInput.of(config.input()).orElseThrow(), observer);
    }

    private void work(
            Membership member,
            SeedStore seed,
            Path state,
            @Nullable OwnWork own,
            RunObserver observer,
            PrometheusRegistry registry,
            AgentMetrics metrics)
            throws AgentException {
        boolean finished = false;
        try {
            stop.beginWork();
            try (PartnerSession session =
                            PartnerSession.open(
                                    config, member, seed, state, registry, observer::waits);
                    // Closed before the session, which it asks for tokens.
                    OwnWork closedFirst = own) {
                if (closedFirst != null) {
                    process(closedFirst, new WorkParts(session, observer, metrics, stop));
                }
                finished = true;
                stop.endWork();
                if (config.stay()) {
                    observer.state(AgentState.STAYING);
                    stay(session.exchange(), own);
                }
            }
        } catch (InterruptedException e) {
            throw AgentException.unavailable(null, "stopped before the own work was done");
        } catch (AgentException | KafkaException e) {
            if (stop.isStopped() && !finished) {
                throw AgentException.unavailable(e, "stopped before the own work was done");
            }
            if (e instanceof KafkaException kafka) {
                throw AgentException.unavailable(
                        null, "Kafka fails: %s", KafkaCluster.fault(kafka));
            }
            throw e;
        } finally {
            stop.endWork();
        }
    }

    /** Ends at once, and not at the next epoch, when the exchange fails: others wait for it. */
    private void process(OwnWork own, WorkParts parts) throws AgentException, InterruptedException {
        OprfExchange exchange = parts.session().exchange();
        CompletableFuture<Void> unused = exchange.failure().thenRun(stop::interruptWork);
        try {
            own.process(parts);
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

    private void stay(OprfExchange exchange, @Nullable OwnWork own) throws AgentException {
        CompletableFuture<AgentException> failure = exchange.failure();
        CompletableFuture<AgentException> ownFailure =
                own == null ? new CompletableFuture<>() : own.failure();
        try {
            CompletableFuture.anyOf(stop.stopped(), failure, ownFailure).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("none completes with an exception", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        AgentException failed = ownFailure.getNow(failure.getNow(null));
        if (failed != null) {
            throw failed;
        }
    }
}
