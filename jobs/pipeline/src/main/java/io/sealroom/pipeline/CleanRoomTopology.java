package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Reject;
import io.sealroom.streaming.admit.AdmitFunction;
import io.sealroom.streaming.attribute.AttributeFunction;
import io.sealroom.streaming.attribute.SlotsAttributeFunction;
import io.sealroom.streaming.combine.CombineOperator;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;
import io.sealroom.streaming.match.MatchFunction;
import io.sealroom.streaming.match.ProbedMatchFunction;
import io.sealroom.streaming.release.NodeSecrets;
import io.sealroom.streaming.release.ReleaseFunction;
import io.sealroom.streaming.release.VerdictExpansion;
import io.sealroom.streaming.totals.TotalsFunction;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The computation, from records of events topics to pending releases: match by token, attribute
 * conversions, combine locally, total by row, release by window once the verdicts are complete.
 * Where conversions look back into the epoch before (K = 1), admit decides on them by their own
 * token before match is asked, and attribute is keyed by conversion.
 */
final class CleanRoomTopology {

    private final NodeSettings settings;
    private final NodeSecrets secrets;

    CleanRoomTopology(NodeSettings settings, NodeSecrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /**
     * @param sources one stream for each supplying partner, in policy order
     */
    CleanRoomOutputs build(List<? extends DataStream<SourceRecord>> sources) {
        Policy policy = settings.policy();
        List<Partner> suppliers = policy.suppliers();
        if (sources.size() != suppliers.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "sources must be one for each of %d supplying partners, got %d",
                            suppliers.size(), sources.size()));
        }
        List<SingleOutputStreamOperator<AdmittedEvent>> routed =
                IntStream.range(0, sources.size())
                        .mapToObj(i -> route(suppliers.get(i), sources.get(i)))
                        .toList();
        DataStream<WindowVerdict> verdicts =
                union(
                        IntStream.range(0, routed.size())
                                .mapToObj(i -> verdicts(suppliers.get(i), routed.get(i)))
                                .toList());
        DataStream<Reject> rejects =
                union(
                        routed.stream()
                                .map(way -> way.getSideOutput(RouteFunction.REJECTS))
                                .toList());
        DataStream<ExactTotal> totals = totals(contributions(routed));
        SingleOutputStreamOperator<PendingRecord> pending = release(totals, verdicts);
        return new CleanRoomOutputs(
                pending, pending.getSideOutput(ReleaseFunction.WITHHELD), rejects);
    }

    private SingleOutputStreamOperator<AdmittedEvent> route(
            Partner partner, DataStream<SourceRecord> source) {
        // As parallel as the source: a route without a split behind it would hold the watermark.
        return source.process(
                        new RouteFunction(looksBack()), TypeInformation.of(AdmittedEvent.class))
                .setParallelism(source.getParallelism())
                .uid(OperatorUids.ROUTE_PREFIX + partner.name())
                .name("route " + partner.name());
    }

    /**
     * As parallel as the source, and so chained to it: verdicts cross the network once, by window.
     * The order in which those of one partition come there does not matter.
     */
    private DataStream<WindowVerdict> verdicts(
            Partner partner, SingleOutputStreamOperator<AdmittedEvent> route) {
        return route.getSideOutput(RouteFunction.VERDICTS)
                .flatMap(VerdictExpansion.of(settings.policy()))
                .returns(TypeInformation.of(WindowVerdict.class))
                .setParallelism(route.getParallelism())
                .uid(OperatorUids.VERDICTS_PREFIX + partner.name())
                .name("verdicts " + partner.name());
    }

    private boolean looksBack() {
        return settings.policy().lookbackEpochs() == 1;
    }

    private DataStream<Contribution> contributions(
            List<SingleOutputStreamOperator<AdmittedEvent>> routed) {
        KeyedStream<AdmittedEvent, TokenKey> events =
                union(routed).keyBy(AdmittedEvent::key, TypeInformation.of(TokenKey.class));
        if (!looksBack()) {
            SingleOutputStreamOperator<Contribution> matched =
                    matched(
                            events.process(
                                    new MatchFunction(settings.policy().canonicalJson()),
                                    TypeInformation.of(Contribution.class)));
            // Not keyed, and so chained: all that a conversion needs comes with it.
            return combined(
                    matched,
                    matched.getSideOutput(MatchFunction.CONVERSIONS)
                            .process(
                                    new AttributeFunction(settings.policy().canonicalJson()),
                                    TypeInformation.of(Contribution.class)));
        }
        SingleOutputStreamOperator<Probe> admitted = admit(routed);
        SingleOutputStreamOperator<Contribution> matched =
                matched(
                        events.connect(
                                        admitted.keyBy(
                                                Probe::key, TypeInformation.of(TokenKey.class)))
                                .process(
                                        new ProbedMatchFunction(settings.policy().canonicalJson()),
                                        TypeInformation.of(Contribution.class)));
        return combined(
                        matched,
                        matched.getSideOutput(MatchFunction.CONVERSIONS)
                                .keyBy(ConversionKey::of, TypeInformation.of(ConversionKey.class))
                                .process(
                                        new SlotsAttributeFunction(
                                                settings.policy().canonicalJson()),
                                        TypeInformation.of(Contribution.class)))
                .union(
                        combine(
                                admitted.getSideOutput(AdmitFunction.CUTS),
                                OperatorUids.COMBINE_CUTS));
    }

    private SingleOutputStreamOperator<Probe> admit(
            List<SingleOutputStreamOperator<AdmittedEvent>> routed) {
        return union(
                        routed.stream()
                                .map(way -> way.getSideOutput(RouteFunction.CONVERSIONS))
                                .toList())
                .keyBy(AdmittedConversion::key, TypeInformation.of(TokenKey.class))
                .process(
                        new AdmitFunction(settings.policy().canonicalJson()),
                        TypeInformation.of(Probe.class))
                .uid(OperatorUids.ADMIT)
                .name("admit");
    }

    private static SingleOutputStreamOperator<Contribution> matched(
            SingleOutputStreamOperator<Contribution> match) {
        return match.uid(OperatorUids.MATCH).name("match");
    }

    private static DataStream<Contribution> combined(
            DataStream<Contribution> matched, SingleOutputStreamOperator<Contribution> attribute) {
        return combine(matched, OperatorUids.COMBINE)
                .union(
                        combine(
                                attribute.uid(OperatorUids.ATTRIBUTE).name("attribute"),
                                OperatorUids.COMBINE_CREDITS));
    }

    /** Chained to what it combines, so that only sums leave the task. */
    private static DataStream<Contribution> combine(
            DataStream<Contribution> contributions, String uid) {
        return contributions
                .transform(uid, TypeInformation.of(Contribution.class), new CombineOperator())
                .uid(uid);
    }

    private DataStream<ExactTotal> totals(DataStream<Contribution> contributions) {
        return contributions
                .keyBy(TotalKey::of, TypeInformation.of(TotalKey.class))
                .process(
                        new TotalsFunction(settings.policy().canonicalJson()),
                        TypeInformation.of(ExactTotal.class))
                .uid(OperatorUids.TOTALS)
                .name("totals");
    }

    private SingleOutputStreamOperator<PendingRecord> release(
            DataStream<ExactTotal> totals, DataStream<WindowVerdict> verdicts) {
        return totals.keyBy(
                        total -> new WindowKey(total.query(), total.windowStart()),
                        TypeInformation.of(WindowKey.class))
                .connect(
                        verdicts.keyBy(
                                verdict -> new WindowKey(verdict.query(), verdict.windowStart()),
                                TypeInformation.of(WindowKey.class)))
                .process(
                        new ReleaseFunction(
                                settings.policy().canonicalJson(),
                                settings.room().chainId(),
                                settings.room().contract().hex(),
                                settings.node(),
                                secrets),
                        TypeInformation.of(PendingRecord.class))
                .uid(OperatorUids.RELEASE)
                .name("release");
    }

    private static <T> DataStream<T> union(List<? extends DataStream<T>> streams) {
        DataStream<T> first = streams.get(0);
        for (DataStream<T> stream : streams.subList(1, streams.size())) {
            first = first.union(stream);
        }
        return first;
    }
}
