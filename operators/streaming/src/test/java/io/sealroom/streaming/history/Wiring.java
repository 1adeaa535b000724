package io.sealroom.streaming.history;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.streaming.admit.AdmitFunction;
import io.sealroom.streaming.attribute.AttributeFunction;
import io.sealroom.streaming.attribute.SlotsAttributeFunction;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.match.MatchFunction;
import io.sealroom.streaming.match.ProbedMatchFunction;
import io.sealroom.streaming.release.ReleaseFunction;
import io.sealroom.streaming.release.VerdictExpansion;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingRoom;
import io.sealroom.streaming.totals.TotalsFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * The subtasks of a job of one parallelism and the channels between them, wired as {@code
 * CleanRoomTopology} wires the stages. A source has no more subtasks than partitions.
 */
final class Wiring {

    private final TestingRoom room;
    private final int parallelism;
    private final Operators operators;
    private final Outcome outcome;
    private final Map<Channel, Subtask> receivers = new LinkedHashMap<>();
    private final Map<String, List<Edge>> edges = new LinkedHashMap<>();
    private final List<Subtask> subtasks = new ArrayList<>();
    private final List<SourceTask> sources = new ArrayList<>();

    /**
     * @param from checkpoint to go on from; null for a first start
     */
    Wiring(
            History history,
            int parallelism,
            @Nullable Checkpoint from,
            Environments environments,
            Outcome outcome)
            throws Exception {
        this.room = history.room();
        this.parallelism = parallelism;
        Restore restore = new Restore(from, parallelism);
        this.operators = new Operators(parallelism, restore, environments);
        this.outcome = outcome;
        List<Subtask> release = stage(this::release);
        List<Subtask> totals = stage(i -> totals(i, release));
        List<Subtask> match;
        List<Subtask> admit;
        if (room.policy().lookbackEpochs() == 0) {
            admit = List.of();
            match = stage(i -> match(i, totals));
        } else {
            List<Subtask> attribute = stage(i -> attribute(i, totals));
            List<Subtask> probed = stage(i -> probedMatch(i, attribute, totals));
            admit = stage(i -> admit(i, probed, totals));
            match = probed;
        }
        for (List<Tape> topic : history.topics()) {
            read(topic, from, match, admit, release);
        }
        restore.inFlight(edges);
    }

    Map<Channel, Subtask> receivers() {
        return receivers;
    }

    List<Subtask> subtasks() {
        return subtasks;
    }

    List<SourceTask> sources() {
        return sources;
    }

    private interface Stage {
        Subtask subtask(int index) throws Exception;
    }

    private List<Subtask> stage(Stage stage) throws Exception {
        List<Subtask> made = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            made.add(stage.subtask(i));
        }
        subtasks.addAll(made);
        return made;
    }

    private Edge connect(
            String name, int from, List<Subtask> to, int input, Function<Object, Object> key) {
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            Channel channel = new Channel(name, from, i, input);
            channels.add(channel);
            receivers.put(channel, to.get(i));
            to.get(i).add(channel);
        }
        Edge edge = new Edge(channels, key);
        edges.computeIfAbsent(name, it -> new ArrayList<>()).add(edge);
        return edge;
    }

    private void read(
            List<Tape> topic,
            @Nullable Checkpoint from,
            List<Subtask> match,
            List<Subtask> admit,
            List<Subtask> release) {
        int readers = Math.min(parallelism, topic.size());
        List<Tape> dealt = new ArrayList<>(topic);
        // Always the same for so many readers: a reader that is restored keeps its splits.
        Collections.shuffle(dealt, new Random(readers));
        for (int reader = 0; reader < readers; reader++) {
            List<Tape> own = new ArrayList<>();
            for (int i = reader; i < dealt.size(); i += readers) {
                own.add(dealt.get(i));
            }
            String partner = topic.get(0).partner();
            sources.add(
                    new SourceTask(
                            own,
                            from,
                            VerdictExpansion.of(room.policy()),
                            connect("events " + partner, reader, match, 0, StageKeys::token),
                            admit.isEmpty()
                                    ? null
                                    : connect(
                                            "conversions " + partner,
                                            reader,
                                            admit,
                                            0,
                                            StageKeys::ownToken),
                            connect("verdicts " + partner, reader, release, 1, StageKeys::window),
                            outcome));
        }
    }

    private Subtask admit(int index, List<Subtask> match, List<Subtask> totals) throws Exception {
        Edge probes = connect("probes", index, match, 1, StageKeys::probedToken);
        Edge cuts = connect("cuts", index, totals, 0, StageKeys::row);
        OperatorInstance<Contribution> combine = operators.combine("combine cuts", index, cuts);
        var admit =
                operators.keyed(
                        "admit",
                        index,
                        new KeyedProcessOperator<>(
                                new AdmitFunction(room.policy().canonicalJson())),
                        new RoutingOutput<>(
                                probes::item,
                                AdmitFunction.CUTS,
                                into(combine),
                                mark -> {
                                    probes.broadcast(new Element.Mark(mark.getTimestamp()));
                                    advance(combine, mark);
                                }),
                        TypeInformation.of(TokenKey.class),
                        List.of(StageKeys::ownToken));
        return new Subtask("admit", index, List.of(admit, combine), List.of(probes, cuts));
    }

    /** With attribute chained to it. */
    private Subtask match(int index, List<Subtask> totals) throws Exception {
        Edge sums = connect("sums", index, totals, 0, StageKeys::row);
        Edge credits = connect("credits", index, totals, 0, StageKeys::row);
        OperatorInstance<Contribution> combine = operators.combine("combine", index, sums);
        OperatorInstance<Contribution> combineCredits =
                operators.combine("combine credits", index, credits);
        OperatorInstance<Contribution> attribute =
                operators.chained(
                        "chained attribute",
                        index,
                        new ProcessOperator<>(new AttributeFunction(room.policy().canonicalJson())),
                        new RoutingOutput<>(
                                into(combineCredits),
                                null,
                                Wiring::nowhere,
                                mark -> advance(combineCredits, mark)));
        var match =
                operators.keyed(
                        "match",
                        index,
                        new KeyedProcessOperator<>(
                                new MatchFunction(room.policy().canonicalJson())),
                        new RoutingOutput<>(
                                into(combine),
                                MatchFunction.CONVERSIONS,
                                into(attribute),
                                mark -> {
                                    advance(combine, mark);
                                    advance(attribute, mark);
                                }),
                        TypeInformation.of(TokenKey.class),
                        List.of(StageKeys::token));
        return new Subtask(
                "match",
                index,
                List.of(match, combine, attribute, combineCredits),
                List.of(sums, credits));
    }

    private Subtask probedMatch(int index, List<Subtask> attribute, List<Subtask> totals)
            throws Exception {
        Edge sums = connect("sums", index, totals, 0, StageKeys::row);
        Edge conversions = connect("conversions", index, attribute, 0, StageKeys::conversion);
        OperatorInstance<Contribution> combine = operators.combine("combine", index, sums);
        var match =
                operators.keyed(
                        "match",
                        index,
                        new KeyedCoProcessOperator<>(
                                new ProbedMatchFunction(room.policy().canonicalJson())),
                        new RoutingOutput<>(
                                into(combine),
                                MatchFunction.CONVERSIONS,
                                conversions::item,
                                mark -> {
                                    advance(combine, mark);
                                    conversions.broadcast(new Element.Mark(mark.getTimestamp()));
                                }),
                        TypeInformation.of(TokenKey.class),
                        List.of(StageKeys::token, StageKeys::probedToken));
        return new Subtask("match", index, List.of(match, combine), List.of(sums, conversions));
    }

    private Subtask attribute(int index, List<Subtask> totals) throws Exception {
        Edge credits = connect("credits", index, totals, 0, StageKeys::row);
        OperatorInstance<Contribution> combine =
                operators.combine("combine credits", index, credits);
        var attribute =
                operators.keyed(
                        "attribute",
                        index,
                        new KeyedProcessOperator<>(
                                new SlotsAttributeFunction(room.policy().canonicalJson())),
                        new RoutingOutput<>(
                                into(combine),
                                null,
                                Wiring::nowhere,
                                mark -> advance(combine, mark)),
                        TypeInformation.of(ConversionKey.class),
                        List.of(StageKeys::conversion));
        return new Subtask("attribute", index, List.of(attribute, combine), List.of(credits));
    }

    private Subtask totals(int index, List<Subtask> release) throws Exception {
        Edge exact = connect("totals", index, release, 0, StageKeys::window);
        var totals =
                operators.keyed(
                        "totals",
                        index,
                        new KeyedProcessOperator<>(
                                new TotalsFunction(room.policy().canonicalJson())),
                        new RoutingOutput<>(
                                total -> {
                                    outcome.add((ExactTotal) total);
                                    exact.item(total);
                                },
                                null,
                                Wiring::nowhere,
                                mark -> exact.broadcast(new Element.Mark(mark.getTimestamp()))),
                        TypeInformation.of(TotalKey.class),
                        List.of(StageKeys::row));
        return new Subtask("totals", index, List.of(totals), List.of(exact));
    }

    private Subtask release(int index) throws Exception {
        var release =
                operators.keyed(
                        "release",
                        index,
                        new KeyedCoProcessOperator<>(
                                new ReleaseFunction(
                                        room.policy().canonicalJson(),
                                        room.identity().chainId(),
                                        room.identity().contract().hex(),
                                        History.NODE,
                                        () ->
                                                SecretBytes.copyOf(
                                                        TestingKeys.hpkeKey(History.NODE)))),
                        new RoutingOutput<>(
                                record -> outcome.add((PendingRecord) record),
                                ReleaseFunction.WITHHELD,
                                window -> outcome.add((Withheld) window),
                                mark -> {}),
                        TypeInformation.of(WindowKey.class),
                        List.of(StageKeys::window, StageKeys::window));
        return new Subtask("release", index, List.of(release), List.of());
    }

    private static Consumer<Object> into(OperatorInstance<?> next) {
        return value -> Operators.run(() -> next.process(0, value));
    }

    private static void advance(OperatorInstance<?> next, Watermark mark) {
        Operators.run(() -> next.watermark(0, mark.getTimestamp()));
    }

    private static void nowhere(Object value) {
        throw new IllegalStateException("the stage has no side output");
    }
}
