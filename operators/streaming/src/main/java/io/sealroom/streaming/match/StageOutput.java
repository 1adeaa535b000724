package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.waiting.EventsCap;
import java.util.function.Consumer;
import org.apache.flink.util.Collector;

/** The outputs of an operator of the match stage. */
record StageOutput(
        Collector<Contribution> contributions,
        Consumer<MatchedConversion> conversions,
        EventsCap.Cuts cuts)
        implements MatchOutput {

    @Override
    public void add(Contribution contribution) {
        contributions.collect(contribution);
    }

    @Override
    public void add(MatchedConversion conversion) {
        conversions.accept(conversion);
    }

    @Override
    public void cut(int partner, int events) {
        cuts.cut(partner, events);
    }
}
