package io.sealroom.contracts;

/** The first half of a publish, which never waits for a block. */
public sealed interface Submission {

    /** On its way; ask {@link RoomContract#outcome} later. */
    record Sent(Word transaction) implements Submission {}

    /** No transaction was sent: the outcome is known, or it is a {@link PublishOutcome.Retry}. */
    record Settled(PublishOutcome outcome) implements Submission {}
}
