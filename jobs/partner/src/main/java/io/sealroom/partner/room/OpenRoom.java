package io.sealroom.partner.room;

import io.sealroom.contracts.WrongChainException;
import io.sealroom.partner.ceremony.Ceremony;
import io.sealroom.partner.ceremony.CeremonyMetrics;
import io.sealroom.partner.ceremony.CeremonyState;
import io.sealroom.partner.ceremony.CeremonyView;
import io.sealroom.partner.ceremony.CeremonyWait;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.schemas.policy.Mode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room whose ceremony is complete, and its keys for as long as the agent lives: in live mode it
 * erases the seeds of epochs that have passed, and heeds a partner that ends the room.
 */
public final class OpenRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRoom.class);

    private final Membership member;
    private final RoomKeys keys;
    private final CeremonyView view;
    private final CeremonyMetrics metrics;
    private final SeedErasure erasure;
    private final ScheduledExecutorService upkeep;

    private OpenRoom(
            Membership member,
            RoomKeys keys,
            CeremonyView view,
            SeedErasure erasure,
            CeremonyMetrics metrics) {
        this.member = member;
        this.keys = keys;
        this.view = view;
        this.metrics = metrics;
        this.erasure = erasure;
        this.upkeep =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, member.name() + "-room");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * How often an agent looks.
     *
     * @param ceremony between two looks at a ceremony that is not complete
     * @param upkeep between two looks at the clock and the room's end
     */
    public record Intervals(Duration ceremony, Duration upkeep) {

        public static final Intervals DEFAULT =
                new Intervals(Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    /**
     * Binds the seed to the room, and waits until the ceremony is complete.
     *
     * @param seed of this partner and room
     * @param view of the room; closed with this, or if this fails
     * @param progress gets a line whenever it waits for something else than before
     * @throws AgentException if the room, or the seed, can never be used for it
     */
    public static OpenRoom await(
            Membership member,
            SeedStore seed,
            CeremonyView view,
            Clock clock,
            Intervals intervals,
            CeremonyMetrics metrics,
            Consumer<String> progress)
            throws AgentException, InterruptedException {
        boolean opened = false;
        try {
            seed.bind();
            EpochKeys shares = seed.keys();
            CeremonyState.Complete complete =
                    new CeremonyWait(
                                    new Ceremony(member.policy(), member.identity(), view),
                                    intervals.ceremony(),
                                    progress,
                                    metrics)
                            .await();
            for (String partner : complete.unproven()) {
                LOG.warn(
                        "the keys of {} came through another contract: their proofs were verified by"
                                + " the Room, and cannot be here",
                        partner);
            }
            RoomKeys keys = RoomKeys.of(member, complete.keys(), shares);
            shares.publicKeysByEpoch().keySet().stream()
                    .findFirst()
                    .ifPresent(metrics::oldestEpoch);
            OpenRoom room =
                    new OpenRoom(
                            member,
                            keys,
                            view,
                            new SeedErasure(member.policy(), seed, keys, clock, metrics),
                            metrics);
            room.begin(complete, intervals.upkeep());
            opened = true;
            return room;
        } catch (IOException e) {
            throw AgentException.badInput("the seed file cannot be replaced: %s", e.getMessage());
        } finally {
            if (!opened) {
                view.close();
            }
        }
    }

    private void begin(CeremonyState.Complete complete, Duration interval) {
        closeAt(complete.closesAt());
        erasure.run();
        if (member.policy().mode() == Mode.LIVE) {
            // Nothing to hear of it: the task catches what it can, and ends with this room.
            ScheduledFuture<?> unused =
                    upkeep.scheduleWithFixedDelay(
                            this::keepUp,
                            interval.toMillis(),
                            interval.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** What is left to be evaluated with. */
    public RoomKeys keys() {
        return keys;
    }

    /** Never throws: the schedule would end without a word. */
    void keepUp() {
        try {
            erasure.run();
        } catch (RuntimeException e) {
            LOG.error("erasing failed; it is tried again", e);
        }
        try {
            closeAt(view.closesAt());
        } catch (IOException | WrongChainException e) {
            metrics.chainFailed();
            LOG.warn("the chain endpoint does not say when the room closes; it is asked again");
        }
    }

    private void closeAt(long closesAt) {
        long before = keys.lastEpoch();
        keys.closeAt(closesAt);
        metrics.lastEpoch(keys.lastEpoch());
        if (keys.lastEpoch() < before) {
            LOG.warn(
                    "a partner has ended the room: epochs after {} are not evaluated",
                    keys.lastEpoch());
        }
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        view.close();
    }
}
