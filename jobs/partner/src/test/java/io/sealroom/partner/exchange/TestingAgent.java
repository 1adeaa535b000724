package io.sealroom.partner.exchange;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EvaluationReply;
import io.sealroom.schemas.record.EvaluationRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Everything of an exchange but Kafka: one life of one partner's agent over its state directory.
 */
final class TestingAgent {

    private final Path state;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExchangeCore core;

    /**
     * @param evaluations where the agent evaluates for others
     * @param workers where it blinds and verifies
     */
    TestingAgent(
            Membership member,
            RoomKeys keys,
            Path state,
            Clock clock,
            LongSupplier nanoTime,
            RetryTimes times,
            Executor evaluations,
            Executor workers,
            RequestChannel channel)
            throws IOException {
        this.state = Files.createDirectories(state);
        this.core =
                new ExchangeCore(
                        member,
                        keys,
                        this.state,
                        clock,
                        nanoTime,
                        times,
                        evaluations,
                        workers,
                        channel,
                        registry);
    }

    TokenRequester requester(int batchSize) {
        return core.newRequester(batchSize);
    }

    void fail(AgentException failure) {
        core.fail(failure);
    }

    ReplyRouter router() {
        return core.parts().router();
    }

    RefusalLog refusals() {
        return core.parts().refusals();
    }

    synchronized Answer answer(byte[] request) {
        try {
            return core.service().answer(request);
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    EvaluationReply reply(EvaluationRequest request) {
        Answer answer = answer(Codecs.EVALUATION_REQUEST.encode(request));
        return Codecs.EVALUATION_REPLY
                .decode(((Answer.Reply) answer).bytes().join())
                .toOptional()
                .orElseThrow();
    }

    /** What the agent has kept, in the order of file names. */
    List<Evidence> evidence() throws IOException {
        List<Evidence> kept = new ArrayList<>();
        try (Stream<Path> files = Files.list(state.resolve("evidence"))) {
            for (Path file : files.sorted().toList()) {
                kept.add(Evidence.parse(Files.readString(file)));
            }
        }
        return kept;
    }

    /**
     * A counter's or gauge's value; 0 before the first.
     *
     * @param name without {@code sealroom_agent_} and {@code _total}
     */
    double metric(String name, String... labels) {
        return registry.scrape().stream()
                .filter(
                        snapshot ->
                                snapshot.getMetadata().getName().equals("sealroom_agent_" + name))
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .filter(
                        point ->
                                point.getLabels().stream()
                                        .map(label -> label.getValue())
                                        .sorted()
                                        .toList()
                                        .equals(Arrays.stream(labels).sorted().toList()))
                .mapToDouble(TestingAgent::value)
                .sum();
    }

    private static double value(DataPointSnapshot point) {
        return point instanceof CounterDataPointSnapshot counter
                ? counter.getValue()
                : ((GaugeDataPointSnapshot) point).getValue();
    }
}
