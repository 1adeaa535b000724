package io.sealroom.partner.room;

import io.sealroom.partner.ceremony.CeremonyMetrics;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases what has passed in a live room: the share of epoch e when epoch e+K+1 has ended, in memory
 * and in the seed file. Until then it may still be asked for. In file mode every epoch may be asked
 * for until somebody says that the room is over.
 *
 * <p>By the wall clock, as evaluating is. One that runs ahead erases too early, and only a backup
 * brings that back.
 */
final class SeedErasure {

    private static final Logger LOG = LoggerFactory.getLogger(SeedErasure.class);

    private final Policy policy;
    private final SeedStore seed;
    private final RoomKeys keys;
    private final Clock clock;
    private final CeremonyMetrics metrics;
    private long erasedBefore = Long.MIN_VALUE;

    SeedErasure(
            Policy policy, SeedStore seed, RoomKeys keys, Clock clock, CeremonyMetrics metrics) {
        this.policy = policy;
        this.seed = seed;
        this.keys = keys;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Erases what is due. A file that cannot be replaced is tried again at the next call. */
    void run() {
        if (policy.mode() == Mode.FILE) {
            return;
        }
        long oldest = oldestNeeded();
        if (oldest <= erasedBefore) {
            return;
        }
        // In memory whatever becomes of the file: nobody may evaluate what has passed.
        keys.eraseBefore(oldest);
        metrics.oldestEpoch(Math.max(oldest, policy.firstEpoch()));
        try {
            seed.eraseBefore(oldest);
            erasedBefore = oldest;
            if (oldest > policy.firstEpoch()) {
                LOG.info("key shares of epochs before {} are erased", oldest);
            }
        } catch (IOException e) {
            metrics.erasureFailed();
            LOG.error(
                    "the seed file cannot be replaced ({}): the shares of epochs before {} are still"
                            + " in it; it is tried again",
                    e.getClass().getSimpleName(),
                    oldest);
        }
    }

    /** What {@code EpochRule} still allows. */
    private long oldestNeeded() {
        return policy.epochOf(clock.millis()) - 1 - policy.lookbackEpochs();
    }
}
