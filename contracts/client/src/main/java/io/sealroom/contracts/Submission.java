package io.sealroom.contracts;

import java.util.List;

/** The first half of a publish, which never waits for a block. */
public sealed interface Submission {

    /** On its way; ask {@link RoomContract#outcome} later. */
    record Sent(Word transaction) implements Submission {}

    /**
     * No transaction was sent: the outcomes are known, or they are {@link PublishOutcome.Retry}.
     *
     * @param outcomes one per release of the offer
     */
    record Settled(List<PublishOutcome> outcomes) implements Submission {

        public Settled {
            outcomes = List.copyOf(outcomes);
        }
    }
}
