package io.sealroom.pipeline;

import io.sealroom.schemas.record.Reject;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Takes apart what the source joined: a source has one output, the house has three ways on. */
final class RouteFunction extends ProcessFunction<SourceRecord, AdmittedEvent> {

    static final OutputTag<Verdict> VERDICTS =
            new OutputTag<>("verdicts", TypeInformation.of(Verdict.class));
    static final OutputTag<Reject> REJECTS =
            new OutputTag<>("rejects", TypeInformation.of(Reject.class));

    private static final long serialVersionUID = 1;

    @Override
    public void processElement(SourceRecord record, Context context, Collector<AdmittedEvent> out) {
        if (record.event() != null) {
            out.collect(record.event());
        } else if (record.verdict() != null) {
            context.output(VERDICTS, record.verdict());
        } else if (record.reject() != null) {
            context.output(REJECTS, record.reject());
        }
    }
}
