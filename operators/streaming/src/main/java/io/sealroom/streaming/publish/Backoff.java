package io.sealroom.streaming.publish;

/** Pauses that double from failure to failure up to a limit. */
final class Backoff {

    private final long firstMillis;
    private final long maxMillis;
    private long nextMillis;

    Backoff(long firstMillis, long maxMillis) {
        this.firstMillis = firstMillis;
        this.maxMillis = maxMillis;
        this.nextMillis = firstMillis;
    }

    /** The pause after one more failure. */
    long afterFailure() {
        long pause = nextMillis;
        nextMillis = Math.min(2 * nextMillis, maxMillis);
        return pause;
    }

    void afterSuccess() {
        nextMillis = firstMillis;
    }
}
