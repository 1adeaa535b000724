package io.sealroom.streaming.flow;

import io.sealroom.schemas.record.Reject;
import org.jspecify.annotations.Nullable;

/**
 * What SealedSource makes of one Kafka record; exactly one of the three is there.
 *
 * @param event an admitted event
 * @param verdict a valid seal
 * @param reject anything else
 */
public record SourceRecord(
        @Nullable AdmittedEvent event, @Nullable Verdict verdict, @Nullable Reject reject) {

    public static SourceRecord of(AdmittedEvent event) {
        return new SourceRecord(event, null, null);
    }

    public static SourceRecord of(Verdict verdict) {
        return new SourceRecord(null, verdict, null);
    }

    public static SourceRecord of(Reject reject) {
        return new SourceRecord(null, null, reject);
    }
}
