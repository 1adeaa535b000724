package io.sealroom.pipeline;

import io.sealroom.schemas.record.Reject;
import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Takes apart what the source joined: a source has one output, the house has three ways on, or
 * four: where conversions look back into the epoch before, they have a stage of their own.
 */
final class RouteFunction extends ProcessFunction<SourceRecord, AdmittedEvent> {

    static final OutputTag<Verdict> VERDICTS =
            new OutputTag<>("verdicts", TypeInformation.of(Verdict.class));
    static final OutputTag<Reject> REJECTS =
            new OutputTag<>("rejects", TypeInformation.of(Reject.class));

    static final OutputTag<AdmittedConversion> CONVERSIONS =
            new OutputTag<>("conversions", TypeInformation.of(AdmittedConversion.class));

    private static final long serialVersionUID = 1;

    private final boolean looksBack;

    /**
     * @param looksBack whether conversions go a way of their own
     */
    RouteFunction(boolean looksBack) {
        this.looksBack = looksBack;
    }

    @Override
    public void processElement(SourceRecord record, Context context, Collector<AdmittedEvent> out) {
        AdmittedEvent event = record.event();
        if (event != null) {
            if (looksBack && !event.kind().isExposure()) {
                context.output(CONVERSIONS, new AdmittedConversion(event, record.older()));
            } else {
                out.collect(event);
            }
        } else if (record.verdict() != null) {
            context.output(VERDICTS, record.verdict());
        } else if (record.reject() != null) {
            context.output(REJECTS, record.reject());
        }
    }
}
