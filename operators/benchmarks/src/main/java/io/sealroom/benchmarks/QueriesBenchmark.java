package io.sealroom.benchmarks;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.attribute.AttributeFunction;
import io.sealroom.streaming.combine.CombineOperator;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.match.MatchFunction;
import io.sealroom.streaming.totals.TotalsFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Takes the same events through the operators with one query and with twenty, in turns, and prints
 * the ratio of CPU time. It judges nothing.
 */
@Command(
        name = "operators/benchmarks/queries",
        mixinStandardHelpOptions = true,
        description = "What twenty queries cost, beside one over the same events in one run.")
public final class QueriesBenchmark implements Callable<Integer> {

    private static final double GOAL = 4;
    private static final int EVENTS_OF_A_PERSON = 10;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--events",
            description = "Events of the day, ten of a person (default ${DEFAULT-VALUE}).")
    private int events = 400_000;

    @Option(
            names = "--rounds",
            description = "Rounds of one and twenty; the median counts (default ${DEFAULT-VALUE}).")
    private int rounds = 5;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new QueriesBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (events < EVENTS_OF_A_PERSON || rounds < 1 || spec == null) {
            throw new IllegalArgumentException("--events must be 10 or more, --rounds 1 or more");
        }
        // Until the compiler has settled; these measurements are thrown away.
        micros(1);
        micros(QueriesPolicy.QUERIES);
        List<Double> one = new ArrayList<>();
        List<Double> twenty = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            one.add(micros(1));
            twenty.add(micros(QueriesPolicy.QUERIES));
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "CPU time of an event: 1 query %.1f us, %d queries %.1f us, ratio %.2f"
                                + " (goal %.0f)%n",
                        median(one),
                        QueriesPolicy.QUERIES,
                        median(twenty),
                        median(twenty) / median(one),
                        GOAL);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** CPU time of an event, of the whole process: collector, compiler and network stack too. */
    private double micros(int queries) throws Exception {
        Policy policy = QueriesPolicy.of(queries);
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        totals(policy, env).sinkTo(new DiscardingSink<>());
        double before = CpuClock.processMicros();
        env.execute("queries");
        return (CpuClock.processMicros() - before) / events;
    }

    /** The stages between the sources and release, wired as the job wires them. */
    private DataStream<ExactTotal> totals(Policy policy, StreamExecutionEnvironment env) {
        String json = policy.canonicalJson();
        long sliceMillis = policy.sliceMillis();
        SingleOutputStreamOperator<Contribution> matched =
                env.fromSequence(0, events - 1)
                        .map(
                                new QueriesEvents(
                                        policy.startMillis(),
                                        events,
                                        events / EVENTS_OF_A_PERSON,
                                        policy.cells().size()))
                        .returns(TypeInformation.of(AdmittedEvent.class))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.forGenerator(
                                        context -> new QueriesEvents.Slices(sliceMillis)))
                        .keyBy(AdmittedEvent::key, TypeInformation.of(TokenKey.class))
                        .process(new MatchFunction(json), TypeInformation.of(Contribution.class));
        DataStream<Contribution> credited =
                matched.getSideOutput(MatchFunction.CONVERSIONS)
                        .process(
                                new AttributeFunction(json),
                                TypeInformation.of(Contribution.class));
        return combined(matched)
                .union(combined(credited))
                .keyBy(TotalKey::of, TypeInformation.of(TotalKey.class))
                .process(new TotalsFunction(json), TypeInformation.of(ExactTotal.class));
    }

    private static DataStream<Contribution> combined(DataStream<Contribution> contributions) {
        return contributions.transform(
                "combine", TypeInformation.of(Contribution.class), new CombineOperator());
    }
}
