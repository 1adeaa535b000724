package io.sealroom.partner;

import io.sealroom.partner.config.InputConfig;
import io.sealroom.partner.config.KafkaCluster;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.input.EventFeed;
import io.sealroom.partner.input.LinesFeed;
import io.sealroom.partner.input.RawTopicClients;
import io.sealroom.partner.input.RawTopicFeed;
import io.sealroom.partner.input.RejectLog;
import io.sealroom.partner.input.StandardInput;
import io.sealroom.partner.metrics.AgentState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Events of a live room as they come. At the end of the input the sink goes on sealing until this
 * is closed.
 */
final class LiveWork implements OwnWork {

    private final InputConfig input;
    private final int inFlightMax;
    private final LiveSink.Factory sinks;
    private final RejectLog rejects;
    private final CompletableFuture<AgentException> failure = new CompletableFuture<>();
    private @Nullable LiveSink sink;

    private LiveWork(
            InputConfig input, int inFlightMax, LiveSink.Factory sinks, RejectLog rejects) {
        this.input = input;
        this.inFlightMax = inFlightMax;
        this.sinks = sinks;
        this.rejects = rejects;
    }

    /**
     * @param input JSON lines or a topic
     * @param inFlightMax records of a topic that are taken and not acknowledged
     * @throws AgentException if the input is missing, or rejects cannot be written
     */
    static LiveWork open(InputConfig input, int inFlightMax, LiveSink.Factory sinks)
            throws AgentException {
        if (input.file().isPresent() && !Files.isReadable(input.file().get())) {
            throw AgentException.badInput("input %s cannot be read", input.file().get());
        }
        Path file = input.rejects().orElseThrow();
        return new LiveWork(
                input,
                inFlightMax,
                sinks,
                input instanceof InputConfig.Topic
                        ? RejectLog.ofRecords(file)
                        : RejectLog.ofLines(file));
    }

    @Override
    public void process(WorkParts parts) throws AgentException, InterruptedException {
        LiveSink opened = sinks.open(parts.session());
        sink = opened;
        forward(opened.failure());
        EventFeed feed = feed(opened, parts);
        // From here on the signal ends the feed in good order, and interrupts nobody.
        parts.stop().endWork();
        CompletableFuture<Void> unused =
                CompletableFuture.anyOf(
                                parts.stop().stopped(),
                                failure,
                                parts.session().exchange().failure())
                        .thenRun(feed::stop);
        parts.observer().state(AgentState.STREAMING);
        feed.run();
        if (parts.stop().isStopped()) {
            parts.observer().state(AgentState.STOPPING);
        }
        AgentException failed = failure.getNow(parts.session().exchange().failure().getNow(null));
        if (failed != null) {
            throw failed;
        }
    }

    private void forward(CompletableFuture<AgentException> sinkFailure) {
        CompletableFuture<Void> unused = sinkFailure.thenAccept(failure::complete);
    }

    private EventFeed feed(LiveSink to, WorkParts parts) throws AgentException {
        if (input instanceof InputConfig.Topic topic) {
            try {
                return new RawTopicFeed(
                        topic.name(),
                        RawTopicClients.agent(topic),
                        to,
                        rejects,
                        parts.metrics(),
                        inFlightMax);
            } catch (KafkaException e) {
                throw AgentException.unavailable(
                        null,
                        "the raw topic's Kafka at %s: %s",
                        topic.cluster(),
                        KafkaCluster.fault(e));
            }
        }
        return new LinesFeed(lines(), to, rejects, parts.metrics());
    }

    private InputStream lines() throws AgentException {
        try {
            return input.file().isPresent()
                    ? Files.newInputStream(input.file().get())
                    : StandardInput.open();
        } catch (IOException e) {
            throw AgentException.badInput("input cannot be read: %s", e);
        }
    }

    @Override
    public CompletableFuture<AgentException> failure() {
        return failure.copy();
    }

    @Override
    public void close() throws AgentException {
        LiveSink closing = sink;
        sink = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } finally {
            rejects.close();
        }
    }
}
