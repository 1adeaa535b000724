package io.sealroom.contracts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One offer's way through a {@link PublishClient}. Guarded by the client's lock, except the offer.
 */
final class PublishTask {

    /** Two offers of one release are one: the signatures in them may differ. */
    record Identity(ReleaseOffer.Key key, Word releaseHash) {
        static Identity of(ReleaseOffer offer) {
            return new Identity(offer.key(), offer.releaseHash());
        }
    }

    private final ReleaseOffer offer;
    private final long number;
    private @Nullable Word transaction;
    private long sentAtNanos;
    private long dueAtNanos;
    private int failures;

    /**
     * A task that is due now.
     *
     * @param number order of arrival
     */
    PublishTask(ReleaseOffer offer, long number, long nowNanos) {
        this.offer = offer;
        this.number = number;
        this.dueAtNanos = nowNanos;
    }

    ReleaseOffer offer() {
        return offer;
    }

    long number() {
        return number;
    }

    Optional<Word> transaction() {
        return Optional.ofNullable(transaction);
    }

    boolean isInFlight() {
        return transaction != null;
    }

    long waitNanos(long nowNanos) {
        return dueAtNanos - nowNanos;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - sentAtNanos;
    }

    void sent(Word hash, long nowNanos, long pauseNanos) {
        transaction = hash;
        sentAtNanos = nowNanos;
        dueAtNanos = nowNanos + pauseNanos;
    }

    void askAgain(long nowNanos, long pauseNanos) {
        dueAtNanos = nowNanos + pauseNanos;
    }

    /** Counts a failed attempt; the next one starts over with a transaction of its own. */
    int failed() {
        transaction = null;
        return ++failures;
    }
}
