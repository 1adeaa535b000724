package io.sealroom.streaming.source;

import io.sealroom.schemas.record.RejectReason;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What the refusal of a seal means to the room. */
final class RefusedSeals {

    /** The partition goes on waiting for the seal that this one was to be. */
    static final Set<RejectReason> HOLDING =
            Collections.unmodifiableSet(
                    EnumSet.range(RejectReason.SEAL_POLICY, RejectReason.SEAL_WINDOWS));

    private RefusedSeals() {}
}
