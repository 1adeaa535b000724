package io.sealroom.streaming.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A job that runs step by step, in an order that a seed decides: each step takes a few elements of
 * one channel, or reads a few records. Some channels and sources of each cluster are slow: their
 * turn comes when nothing else can go on.
 */
final class Cluster implements AutoCloseable {

    private static final int SLOW_ONE_IN = 4;
    private static final int BURST_MAX = 4;

    private final int parallelism;
    private final Random random;
    private final String innermost;
    private final List<Subtask> subtasks;
    private final List<SourceTask> sources;
    private final List<Place> places = new ArrayList<>();
    private @Nullable PendingCheckpoint pending;

    /**
     * @param from checkpoint to go on from; null for a first start
     */
    Cluster(
            History history,
            int parallelism,
            @Nullable Checkpoint from,
            Random random,
            Environments environments,
            Outcome outcome)
            throws Exception {
        this.parallelism = parallelism;
        this.innermost = history.room().policy().lookbackEpochs() == 0 ? "match" : "attribute";
        this.random = random;
        Wiring wiring = new Wiring(history, parallelism, from, environments, outcome);
        subtasks = wiring.subtasks();
        sources = wiring.sources();
        sources.forEach(source -> places.add(new Place(source, null, null, isSlow())));
        wiring.receivers()
                .forEach(
                        (channel, receiver) ->
                                places.add(new Place(null, channel, receiver, isSlow())));
    }

    /** A source, or a channel with its receiver. */
    private record Place(
            @Nullable SourceTask source,
            @Nullable Channel channel,
            @Nullable Subtask receiver,
            boolean slow) {

        boolean isReady() {
            return source != null ? source.isReady() : channel != null && channel.isReady();
        }

        void step(Random random) throws Exception {
            if (source != null) {
                source.step(random);
            } else if (channel != null && receiver != null) {
                receiver.take(channel);
            }
        }
    }

    private boolean isSlow() {
        return random.nextInt(SLOW_ONE_IN) == 0;
    }

    /** Goes on with something; false if nothing is left to be done. */
    boolean step() throws Exception {
        Place place = next();
        if (place == null) {
            return false;
        }
        for (int i = random.nextInt(BURST_MAX); i >= 0 && place.isReady(); i--) {
            place.step(random);
        }
        return true;
    }

    private @Nullable Place next() {
        int start = random.nextInt(places.size());
        Place slow = null;
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get((start + i) % places.size());
            if (place.isReady()) {
                if (!place.slow()) {
                    return place;
                }
                slow = place;
            }
        }
        return slow;
    }

    /** Records that no source has read. */
    int remaining() {
        return sources.stream().mapToInt(SourceTask::remaining).sum();
    }

    /** Lets the sources say that nothing more will come. */
    void endInput() {
        sources.forEach(SourceTask::endInput);
    }

    /** Whether a checkpoint may start: one at a time, and none over a restored channel. */
    boolean canCheckpoint() {
        return pending == null
                && places.stream()
                        .noneMatch(
                                place -> place.channel() != null && place.channel().isRecovering());
    }

    /**
     * Whether records may wait behind the sources: answers for conversions that look back, or else
     * events.
     */
    boolean isAmid() {
        return subtasks.stream().anyMatch(subtask -> subtask.isAmid(innermost));
    }

    /** Starts a checkpoint whose barriers go with the records. */
    void startCheckpoint() {
        PendingCheckpoint started = newCheckpoint();
        pending = started;
        subtasks.forEach(subtask -> subtask.expect(started));
        sources.forEach(source -> source.expect(started));
    }

    /**
     * The checkpoint that was started, once every subtask has brought its part; then never again.
     */
    @Nullable Checkpoint completed() {
        PendingCheckpoint started = pending;
        if (started == null || !started.isComplete()) {
            return null;
        }
        pending = null;
        return started.complete(List.of());
    }

    /** A checkpoint that overtakes all records, which so become a part of it. */
    Checkpoint overtake() throws Exception {
        PendingCheckpoint taken = newCheckpoint();
        for (Subtask subtask : subtasks) {
            subtask.expect(taken);
            subtask.flush();
        }
        for (Subtask subtask : subtasks) {
            subtask.snapshot();
        }
        sources.forEach(source -> source.snapshot(taken));
        List<InFlight> inFlight = new ArrayList<>();
        for (Place place : places) {
            if (place.channel() != null) {
                inFlight.add(place.channel().inFlight());
            }
        }
        return taken.complete(inFlight);
    }

    private PendingCheckpoint newCheckpoint() {
        return new PendingCheckpoint(parallelism, subtasks.size() + sources.size());
    }

    /** Entries of state and timers that the operators hold. */
    int remembered() {
        return subtasks.stream().mapToInt(Subtask::remembered).sum();
    }

    @Override
    public void close() {
        subtasks.forEach(Subtask::close);
    }
}
