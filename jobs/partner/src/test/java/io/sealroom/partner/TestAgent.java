package io.sealroom.partner;

import io.sealroom.partner.exchange.RetryTimes;
import io.sealroom.partner.exit.AgentException;
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
                                new AgentRun(config, watching, stop).run();
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
                directory.resolve(partner + ".json"),
                bootstrap,
                Map.of(),
                partner,
                directory.resolve(partner + ".csv"),
                directory.resolve(partner + "-rejects.csv"),
                directory.resolve("state"),
                true,
                new RetryTimes(Duration.ofSeconds(3), Duration.ofSeconds(3)),
                clock);
    }

    static AgentConfig withoutInput(AgentConfig c) {
        return new AgentConfig(
                c.policy(),
                c.room(),
                c.keys(),
                c.kafka(),
                c.kafkaSettings(),
                c.partner(),
                null,
                null,
                c.state(),
                c.stay(),
                c.retryTimes(),
                c.clock());
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
