package io.sealroom.streaming.history;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.attribute.AttributeFunction;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.match.MatchFunction;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** Match and attribute alone, one subtask each; what they give is added up by row. */
final class ExactTotals implements AutoCloseable {

    private final OperatorInstance<Contribution> match;
    private final OperatorInstance<Contribution> attribute;
    private Map<TotalKey, BigInteger> totals = new HashMap<>();

    ExactTotals(Policy policy, Environments environments) throws Exception {
        Operators operators = new Operators(1, new Restore(null, 1), environments);
        attribute =
                operators.keyed(
                        "attribute",
                        0,
                        new KeyedProcessOperator<>(new AttributeFunction(policy.canonicalJson())),
                        new RoutingOutput<>(this::sum, null, conversion -> {}, mark -> {}),
                        TypeInformation.of(ConversionKey.class),
                        List.of(StageKeys::conversion));
        match =
                operators.keyed(
                        "match",
                        0,
                        new KeyedProcessOperator<>(new MatchFunction(policy.canonicalJson())),
                        new RoutingOutput<>(
                                this::sum,
                                MatchFunction.CONVERSIONS,
                                conversion -> Operators.run(() -> credit(conversion)),
                                mark -> {}),
                        TypeInformation.of(TokenKey.class),
                        List.of(StageKeys::token));
    }

    private void credit(Object conversion) throws Exception {
        attribute.process(0, conversion);
    }

    private void sum(Object contribution) {
        totals.merge(
                StageKeys.row(contribution),
                BigInteger.valueOf(((Contribution) contribution).amount()),
                BigInteger::add);
    }

    void add(AdmittedEvent event) throws Exception {
        match.process(0, event);
    }

    /** Nothing before {@code time} is still to come: what was added up since the last call. */
    Map<TotalKey, BigInteger> completeTo(long time) throws Exception {
        match.watermark(0, time - 1);
        Map<TotalKey, BigInteger> complete = totals;
        totals = new HashMap<>();
        return complete;
    }

    @Override
    public void close() {
        Operators.run(match::close);
        Operators.run(attribute::close);
    }
}
