package io.sealroom.streaming.history;

import io.sealroom.streaming.flow.AdmittedConversion;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.ConversionKey;
import io.sealroom.streaming.flow.ExactTotal;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.flow.TotalKey;
import io.sealroom.streaming.flow.WindowKey;
import io.sealroom.streaming.flow.WindowVerdict;

/** Keys of the stages, of records whose type the edge knows. */
final class StageKeys {

    private StageKeys() {}

    static TokenKey token(Object event) {
        return ((AdmittedEvent) event).key();
    }

    static TokenKey ownToken(Object conversion) {
        return ((AdmittedConversion) conversion).key();
    }

    static TokenKey probedToken(Object probe) {
        return ((Probe) probe).key();
    }

    static ConversionKey conversion(Object matched) {
        return ConversionKey.of((MatchedConversion) matched);
    }

    static TotalKey row(Object contribution) {
        return TotalKey.of((Contribution) contribution);
    }

    static WindowKey window(Object part) {
        return part instanceof ExactTotal total
                ? WindowKey.of(total)
                : WindowKey.of((WindowVerdict) part);
    }
}
