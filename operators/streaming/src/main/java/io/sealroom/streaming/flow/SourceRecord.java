package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.Reject;
import org.jspecify.annotations.Nullable;

/**
 * What SealedSource makes of one Kafka record; exactly one of event, verdict and reject is there.
 *
 * @param event an admitted event
 * @param older identifier kind and slot-1 token of the event, if that slot is there and not empty
 * @param verdict a valid seal
 * @param reject anything else
 */
public record SourceRecord(
        @Nullable AdmittedEvent event,
        @Nullable TokenKey older,
        @Nullable Verdict verdict,
        @Nullable Reject reject) {

    /**
     * @param older see above; null for none
     */
    public static SourceRecord of(AdmittedEvent event, @Nullable TokenKey older) {
        return new SourceRecord(event, older, null, null);
    }

    public static SourceRecord of(Verdict verdict) {
        return new SourceRecord(null, null, verdict, null);
    }

    public static SourceRecord of(Reject reject) {
        return new SourceRecord(null, null, null, reject);
    }
}
