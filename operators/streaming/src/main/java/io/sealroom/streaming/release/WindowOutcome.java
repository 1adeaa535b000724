package io.sealroom.streaming.release;

import io.sealroom.schemas.record.WithheldReason;
import org.jspecify.annotations.Nullable;

/** What the verdicts of a window amount to. */
sealed interface WindowOutcome permits WindowInputs, WindowOutcome.Refused {

    /**
     * The window is never released.
     *
     * @param reason the first fault in policy order
     * @param partner whose input it was, where it was one partner's
     * @param partition which partition, where it was one
     */
    record Refused(WithheldReason reason, @Nullable String partner, @Nullable Integer partition)
            implements WindowOutcome {}
}
