package io.sealroom.pipeline;

import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Reject;
import io.sealroom.streaming.attribute.AttributeFunction;
import io.sealroom.streaming.combine.CombineOperator;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.PendingRecord;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;
import io.sealroom.streaming.match.MatchFunction;
import io.sealroom.streaming.release.NodeSecrets;
import io.sealroom.streaming.release.ReleaseFunction;
import io.sealroom.streaming.release.VerdictExpansion;
import io.sealroom.streaming.totals.TotalsFunction;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The computation, from records of events topics to pending releases: match by token, attribute by
 * conversion, combine locally, total by row, release by window once the verdicts are complete.
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
        DataStream<ExactTotal> totals = totals(contributions(union(routed)));
        SingleOutputStreamOperator<PendingRecord> pending = release(totals, verdicts);
        return new CleanRoomOutputs(
                pending, pending.getSideOutput(ReleaseFunction.WITHHELD), rejects);
    }

    private static SingleOutputStreamOperator<AdmittedEvent> route(
            Partner partner, DataStream<SourceRecord> source) {
        // As parallel as the source: a route without a split behind it would hold the watermark.
        return source.process(new RouteFunction(), TypeInformation.of(AdmittedEvent.class))
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

    private DataStream<Contribution> contributions(DataStream<AdmittedEvent> events) {
        String policyJson = settings.policy().canonicalJson();
        SingleOutputStreamOperator<Contribution> matched =
                events.keyBy(AdmittedEvent::key, TypeInformation.of(TokenKey.class))
                        .process(
                                new MatchFunction(policyJson),
                                TypeInformation.of(Contribution.class))
                        .uid(OperatorUids.MATCH)
                        .name("match");
        DataStream<Contribution> credited =
                matched.getSideOutput(MatchFunction.CONVERSIONS)
                        .keyBy(ConversionKey::of, TypeInformation.of(ConversionKey.class))
                        .process(
                                new AttributeFunction(policyJson),
                                TypeInformation.of(Contribution.class))
                        .uid(OperatorUids.ATTRIBUTE)
                        .name("attribute");
        return combine(matched, OperatorUids.COMBINE)
                .union(combine(credited, OperatorUids.COMBINE_CREDITS));
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
