package io.sealroom.partner.kit;

import io.sealroom.partner.topic.SealObserver;

/** Hears how far the writer is, on its thread and at the moment it happens. */
interface WriterObserver extends SealObserver {

    /** Records are noted in the journal, and not yet sent. */
    default void noted(int partition) {}

    /** Records are committed, and nobody has been told. */
    default void committed(int partition) {}
}
