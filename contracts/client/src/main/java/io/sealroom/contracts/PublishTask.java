package io.sealroom.contracts;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One offer's way through a {@link PublishClient}. Guarded by the client's lock, except the offer.
 */
final class PublishTask {

    /** Two offers of the same releases are one: the signatures in them may differ. */
    record Identity(long start, long end, List<SignedRelease> releases) {
        static Identity of(WindowOffer offer) {
            return new Identity(offer.start(), offer.end(), offer.signedReleases());
        }
    }

    private final WindowOffer offer;
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
    PublishTask(WindowOffer offer, long number, long nowNanos) {
        this.offer = offer;
        this.number = number;
        this.dueAtNanos = nowNanos;
    }

    WindowOffer offer() {
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

    /** Counts a failed attempt. */
    int failed() {
        return ++failures;
    }

    void forgetTransaction() {
        transaction = null;
    }
}
