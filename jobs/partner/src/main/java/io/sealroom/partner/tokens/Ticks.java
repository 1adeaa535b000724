package io.sealroom.partner.tokens;

/** When live batches leave. */
interface Ticks {

    /**
     * Returns at the next tick.
     *
     * @return how many ticks went by since the last call without being waited for
     */
    long next() throws InterruptedException;
}
