package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseRules;
import io.sealroom.streaming.flow.PendingRecord;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets only consistent pending releases of this room reach the contract and the gate.
 *
 * <p>Input: the node's own pending topic, at least once. Output: the same releases, with key and
 * recomputed hash. Refused, with an alarm and a counter: bytes that do not decode, another room or
 * policy, and whatever {@link ReleaseRules} finds, above all a stated hash that is not the
 * recomputed one. A refused record is dropped and its window is not withheld: a sound record of the
 * same window may stand beside it, and one bad record must not cost a window. The Kafka key is not
 * read. No state.
 */
public final class PendingCheckFunction extends ProcessFunction<PendingRecord, CheckedPending> {

    private static final long serialVersionUID = 1;

    private final RoomReference room;

    private transient Counter refused;

    /**
     * @param room what the documents must be bound to
     */
    public PendingCheckFunction(RoomIdentity room) {
        this.room = RoomReference.of(room);
    }

    @Override
    public void open(OpenContext context) {
        refused = getRuntimeContext().getMetricGroup().counter("pendingRefused");
    }

    @Override
    public void processElement(
            PendingRecord record, Context context, Collector<CheckedPending> out) {
        Decoded<PendingRelease> decoded = Codecs.PENDING_RELEASE.decode(record.value());
        if (decoded instanceof Decoded.Ok<PendingRelease> ok) {
            List<String> faults = faults(ok.record());
            if (faults.isEmpty()) {
                out.collect(CheckedPending.of(ok.record(), record.value()));
            } else {
                refuse(String.join("; ", faults));
            }
        } else if (decoded instanceof Decoded.Refused<PendingRelease> fault) {
            refuse(fault.fault().name());
        }
    }

    private List<String> faults(PendingRelease release) {
        RoomIdentity found = release.document().identity();
        return room.identity().equals(found)
                ? ReleaseRules.faults(release)
                : List.of("bound to another room or policy");
    }

    private void refuse(String why) {
        refused.inc();
        PublishLog.pendingRefused(why);
    }
}
