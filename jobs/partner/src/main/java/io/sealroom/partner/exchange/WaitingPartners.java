package io.sealroom.partner.exchange;

import io.sealroom.schemas.record.ReplyStatus;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partners are waited for, and since when: told to the log once for each change. Safe for use
 * by several threads.
 */
final class WaitingPartners {

    /** A silence that is worth a line. */
    private static final long SILENT_SECONDS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(WaitingPartners.class);
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(SILENT_SECONDS);

    /** Who defers is left alone for up to two minutes, and not silent meanwhile. */
    private static final long DEFERRED_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final LongSupplier nanoTime;
    private final Map<String, Wait> waits = new TreeMap<>();

    /** How a partner stands with this one. */
    enum State {
        ANSWERS,
        /** Nothing has come for half a minute though something was asked. */
        SILENT,
        /** It refuses in a way that passes: keys are missing, clocks or ids are apart. */
        DEFERS
    }

    private static final class Wait {
        private final Map<Object, Long> sinceNanos = new HashMap<>();
        private long heardNanos;
        private State state = State.ANSWERS;
    }

    /**
     * @param partners the others
     */
    WaitingPartners(List<String> partners, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        partners.forEach(name -> waits.put(name, new Wait()));
    }

    List<String> partners() {
        return List.copyOf(waits.keySet());
    }

    /**
     * @param question equal to itself only
     */
    synchronized void asked(String partner, Object question) {
        Wait wait = wait(partner);
        long now = nanoTime.getAsLong();
        if (wait.sinceNanos.isEmpty()) {
            wait.heardNanos = now;
        }
        wait.sinceNanos.put(question, now);
    }

    /** A question is answered, or nobody wants its answer any more. */
    synchronized void closed(String partner, Object question) {
        wait(partner).sinceNanos.remove(question);
    }

    /** A signed answer has come. */
    synchronized void answered(String partner) {
        Wait wait = wait(partner);
        wait.heardNanos = nanoTime.getAsLong();
        if (wait.state != State.ANSWERS) {
            wait.state = State.ANSWERS;
            LOG.info("{} answers again", partner);
        }
    }

    /** A signed refusal has come that asks for patience. */
    synchronized void deferred(String partner, ReplyStatus status) {
        Wait wait = wait(partner);
        wait.heardNanos = nanoTime.getAsLong();
        if (wait.state != State.DEFERS) {
            wait.state = State.DEFERS;
            LOG.warn(
                    "{} does not evaluate yet ({}): new identifiers wait; cached ones go on",
                    partner,
                    status);
        }
    }

    /** Notes who has been silent for too long. */
    synchronized void lookForSilence() {
        long now = nanoTime.getAsLong();
        waits.forEach(
                (partner, wait) -> {
                    long patience = wait.state == State.DEFERS ? DEFERRED_NANOS : SILENT_NANOS;
                    if (wait.state != State.SILENT
                            && !wait.sinceNanos.isEmpty()
                            && now - wait.heardNanos >= patience) {
                        wait.state = State.SILENT;
                        LOG.warn(
                                "{} has not answered for {} s: new identifiers wait; cached ones"
                                        + " go on",
                                partner,
                                TimeUnit.NANOSECONDS.toSeconds(patience));
                    }
                });
    }

    synchronized State state(String partner) {
        return wait(partner).state;
    }

    /** Unanswered requests. */
    synchronized int requests(String partner) {
        return wait(partner).sinceNanos.size();
    }

    /** Age of the oldest unanswered request; 0 if there is none. */
    synchronized double seconds(String partner) {
        Map<Object, Long> since = wait(partner).sinceNanos;
        return since.isEmpty() ? 0 : (nanoTime.getAsLong() - Collections.min(since.values())) / 1e9;
    }

    private Wait wait(String partner) {
        Wait wait = waits.get(partner);
        if (wait == null) {
            throw new IllegalArgumentException("no partner to be waited for: " + partner);
        }
        return wait;
    }
}
