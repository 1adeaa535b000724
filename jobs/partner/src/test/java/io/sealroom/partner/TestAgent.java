package io.sealroom.partner;

import io.sealroom.partner.ceremony.CompleteCeremony;
import io.sealroom.partner.config.AgentConfig;
import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.config.TokensConfig;
import io.sealroom.partner.exchange.RetryTimes;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.KeySource;
import io.sealroom.partner.room.OpenRoom;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent on a thread of its own, over the files that a room wrote to a directory. */
final class TestAgent implements AutoCloseable {

    private static final long SECONDS_MAX = 60;

    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final CompletableFuture<@Nullable AgentException> ended = new CompletableFuture<>();
    private final Thread thread;

    private TestAgent(AgentConfig config, RunObserver observer) {
        RunObserver watching =
                new ForwardingObserver(observer) {
                    @Override
                    public void done(long sent, long alreadyThere, long rejected) {
                        super.done(sent, alreadyThere, rejected);
                        done.complete(null);
                    }
                };
        thread =
                new Thread(
                        () -> {
                            try {
                                run(config, watching, stop).run();
                                ended.complete(null);
                            } catch (AgentException e) {
                                ended.complete(e);
                            } catch (RuntimeException | Error e) {
                                ended.completeExceptionally(e);
                            }
                        },
                        config.partner());
    }

    static AgentConfig config(Path directory, String bootstrap, String partner, Clock clock) {
        return new AgentConfig(
                directory.resolve("policy.yaml"),
                directory.resolve("room.json"),
                new KeySource.InFile(directory.resolve(partner + ".json")),
                directory.resolve("oprf-" + partner + ".json"),
                CompleteCeremony.of(directory.resolve("room.json")),
                new KafkaCluster(bootstrap, Map.of()),
                partner,
                directory.resolve("state"),
                new InputConfig.Csv(
                        directory.resolve(partner + ".csv"),
                        directory.resolve(partner + "-rejects.csv")),
                true,
                false,
                TokensConfig.DEFAULT,
                null,
                100,
                new RetryTimes(Duration.ofSeconds(3), Duration.ofSeconds(3)),
                OpenRoom.Intervals.DEFAULT,
                clock);
    }

    static AgentConfig withoutInput(AgentConfig config) {
        return withInput(config, new InputConfig.None());
    }

    static AgentConfig withInput(AgentConfig config, InputConfig input) {
        return with(config, input, config.metricsPort());
    }

    static AgentConfig withMetrics(AgentConfig config, int port) {
        return with(config, config.input(), port);
    }

    private static AgentConfig with(
            AgentConfig c, InputConfig input, @Nullable Integer metricsPort) {
        return new AgentConfig(
                c.policy(),
                c.room(),
                c.keys(),
                c.seed(),
                c.chain(),
                c.kafka(),
                c.partner(),
                c.state(),
                input,
                c.stay(),
                c.stopOnStdinClose(),
                c.tokens(),
                metricsPort,
                c.producerBuffer(),
                c.retryTimes(),
                c.intervals(),
                c.clock());
    }

    /** A run of an input that has an end. */
    static AgentRun run(AgentConfig config, RunObserver observer, StopSignal stop) {
        return new AgentRun(
                config,
                observer,
                stop,
                parts -> {
                    throw new IllegalStateException("not a stream");
                });
    }

    static TestAgent start(AgentConfig config, RunObserver observer) {
        TestAgent agent = new TestAgent(config, observer);
        agent.thread.start();
        return agent;
    }

    /** Waits for the own file to be done; the agent then stays. */
    void awaitDone() throws Exception {
        CompletableFuture.anyOf(done, ended).get(SECONDS_MAX, TimeUnit.SECONDS);
        if (!done.isDone()) {
            AgentException failure = ended.get();
            throw failure == null ? new IllegalStateException("ended early") : failure;
        }
    }

    /** Waits for the end; what the run threw, if it was not an agent's own end, is thrown. */
    @Nullable AgentException awaitEnd() throws Exception {
        return ended.get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    void stop() {
        stop.stop();
    }

    @Override
    public void close() {
        stop.stop();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
