package io.sealroom.partner.topic;

/** Hears how far a step's seals are, on the thread that seals and at the moment it happens. */
public interface SealObserver {

    /** The seals of a step are stored, and not yet sent. */
    default void sealsStored(long from, long to) {}

    /** One partition's seal is committed. */
    default void sealSent(int partition, long to) {}
}
