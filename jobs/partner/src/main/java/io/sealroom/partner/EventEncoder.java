package io.sealroom.partner;

import io.sealroom.partner.csv.CsvRow;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.Token;
import java.util.List;

/** Rows to records, and where they go. */
final class EventEncoder {

    private final Policy policy;
    private final int partitions;

    EventEncoder(Policy policy, int partitions) {
        this.policy = policy;
        this.partitions = partitions;
    }

    /** The same event always goes to the same partition, so a restart finds it there. */
    int partition(EventId eventId) {
        return (int) Long.remainderUnsigned(eventId.high(), partitions);
    }

    /**
     * @param token of the row's identifier and the epoch of its time; the policy's K is 0, so that
     *     conversions have no second one
     */
    byte[] encode(CsvRow row, Token token) {
        return Codecs.BLINDED_EVENT.encode(
                new BlindedEvent(
                        row.eventId(),
                        policy.epochOf(row.eventTime()),
                        row.identifier().kind(),
                        List.of(token),
                        row.kind(),
                        row.eventTime(),
                        row.cell(),
                        row.value()));
    }
}
