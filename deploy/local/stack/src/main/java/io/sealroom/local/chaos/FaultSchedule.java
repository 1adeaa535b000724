package io.sealroom.local.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The faults of a run: a pure function of seed and length.
 *
 * <p>Time is cut into slots with one fault in each, at a moment of the slot that chance decides, so
 * that a run of a minute has at least four kills and one of ten minutes at least twenty whatever
 * the seed. Targets of kills come from a shuffled deck of all groups of parts, so that none is
 * spared for long.
 */
final class FaultSchedule {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long FIRST_MILLIS = 3_000;
    private static final long SHORT_SLOT_MILLIS = 11_000;
    private static final long SLOT_MILLIS = 15_000;

    /** A run this long has time between faults. */
    private static final int LONG_MINUTES = 3;

    private static final int SLOTS_PER_STOP = 5;
    private static final int SLOTS_PER_RESCALE = 10;
    private static final int PARALLELISM_MAX = 4;

    /** Parts of which one is killed when its group's turn comes. */
    private static final List<List<PartName>> GROUPS =
            List.of(
                    List.of(PartName.TASK_MANAGER_ONE, PartName.TASK_MANAGER_TWO),
                    List.of(PartName.JOB_MANAGER),
                    List.of(PartName.BROKER),
                    List.of(PartName.CHAIN_ENDPOINT),
                    List.of(PartName.PUBLISHER, PartName.ADVERTISER));

    private final Random random;
    private final Deque<List<PartName>> deck = new ArrayDeque<>();
    private int parallelism;

    private FaultSchedule(long seed, int parallelism) {
        this.random = new Random(seed);
        this.parallelism = parallelism;
    }

    /**
     * Faults in rising order of time.
     *
     * @param minutes at least 1
     * @param parallelism that the computation begins with
     */
    static List<Fault> of(long seed, int minutes, int parallelism) {
        if (minutes < 1) {
            throw new IllegalArgumentException("minutes must be at least 1, given " + minutes);
        }
        return new FaultSchedule(seed, parallelism).faults(minutes);
    }

    private List<Fault> faults(int minutes) {
        long slot = minutes < LONG_MINUTES ? SHORT_SLOT_MILLIS : SLOT_MILLIS;
        int slots = Math.toIntExact((minutes * MINUTE_MILLIS - FIRST_MILLIS) / slot);
        List<FaultKind> kinds =
                new ArrayList<>(Collections.nCopies(slots / SLOTS_PER_STOP, FaultKind.STOP));
        kinds.addAll(Collections.nCopies(slots / SLOTS_PER_RESCALE, FaultKind.RESCALE));
        kinds.addAll(Collections.nCopies(slots - kinds.size(), FaultKind.KILL));
        Collections.shuffle(kinds, random);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            long at = FIRST_MILLIS + i * slot + between(0, slot / 2);
            faults.add(fault(at, kinds.get(i)));
        }
        return List.copyOf(faults);
    }

    private Fault fault(long at, FaultKind kind) {
        return switch (kind) {
            case KILL -> new Fault(at, kind, victim(), between(1_000, 5_000), 0);
            case STOP -> new Fault(at, kind, anyPart(), between(2_000, 12_000), 0);
            case RESCALE -> new Fault(at, kind, PartName.JOB_MANAGER, 0, otherParallelism());
        };
    }

    private PartName victim() {
        if (deck.isEmpty()) {
            List<List<PartName>> shuffled = new ArrayList<>(GROUPS);
            Collections.shuffle(shuffled, random);
            deck.addAll(shuffled);
        }
        List<PartName> group = deck.remove();
        return group.get(random.nextInt(group.size()));
    }

    private PartName anyPart() {
        PartName[] parts = PartName.values();
        return parts[random.nextInt(parts.length)];
    }

    private int otherParallelism() {
        int other = 1 + random.nextInt(PARALLELISM_MAX - 1);
        parallelism = other < parallelism ? other : other + 1;
        return parallelism;
    }

    private long between(long from, long to) {
        return from + random.nextInt(Math.toIntExact(to - from + 1));
    }
}
