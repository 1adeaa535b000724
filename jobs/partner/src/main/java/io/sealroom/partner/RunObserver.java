package io.sealroom.partner;

/** Hears how far a run is, on the thread of the run and at the moment it happens. */
interface RunObserver {

    /** Tokens so far, of the distinct identifiers of all epochs. */
    default void tokenised(long done, long total) {}

    /** Events of the step beginning at {@code from} are committed, and about to be sealed. */
    default void eventsCommitted(long from, long to) {}

    /** The seals of a step are stored, and not yet sent. */
    default void sealsStored(long from, long to) {}

    /** One partition's seal is committed. */
    default void sealSent(int partition, long to) {}

    /** Slices sealed in every partition so far, of those of the room. */
    default void sealed(long done, long total) {}

    /**
     * The own file is done: so many events were sent now, so many found there, so many rejected.
     */
    default void done(long sent, long alreadyThere, long rejected) {}
}
