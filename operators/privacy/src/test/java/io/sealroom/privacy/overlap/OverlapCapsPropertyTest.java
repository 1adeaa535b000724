package io.sealroom.privacy.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.dp.Sensitivity;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random lives of one token against the definition, and against the sensitivities. */
class OverlapCapsPropertyTest {

    private static final long WINDOW = 10;
    private static final long EPOCH = 8 * WINDOW;
    private static final int ROUNDS = 3000;

    /** No family of its own: windows in which a cap cut something. */
    private static final String CUT = "cut";

    /** One event; {@code cell} is -1 unless it is an exposure of the exposing partner, index 0. */
    private record Event(long time, int partner, int cell) {}

    /** The row a token adds 1 to. */
    private record Row(long window, String family, int cell) {}

    @Test
    void close_anyArrivalOrder_equalsTheDefinition() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            OverlapCaps caps = randomCaps(random);
            List<Event> events = randomEvents(random, caps);

            Set<Row> expected = byDefinition(caps, events);

            assertThat(throughCaps(caps, events)).as("seed %s", seed).isEqualTo(expected);
            Collections.shuffle(events, random);
            assertThat(throughCaps(caps, events)).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void close_withoutTheRecordsOfAnyPartners_changesNoMoreThanTheSensitivity() {
        for (long seed = 0; seed < ROUNDS; seed++) {
            String run = "seed " + seed;
            Random random = new Random(seed);
            OverlapCaps caps = randomCaps(random);
            List<Event> events = randomEvents(random, caps);
            Set<Row> rows = throughCaps(caps, events);
            for (int gone = 1; gone < 1 << caps.partners(); gone++) {
                int removed = gone;
                Set<Row> others =
                        throughCaps(
                                caps,
                                events.stream()
                                        .filter(e -> (removed >>> e.partner() & 1) == 0)
                                        .toList());
                Map<String, Integer> changes = changesPerEpochAndFamily(rows, others);
                changes.forEach(
                        (family, changed) ->
                                assertThat(changed)
                                        .as("%s, without %s, %s", run, removed, family)
                                        .isLessThanOrEqualTo(bound(caps, family)));
            }
        }
    }

    private static int bound(OverlapCaps caps, String epochAndFamily) {
        Sensitivity sensitivity =
                switch (epochAndFamily.substring(epochAndFamily.indexOf(' ') + 1)) {
                    case "total" -> Sensitivity.overlapTotal(caps.windowsMax());
                    case "cells" -> Sensitivity.overlapCells(caps.windowsMax(), caps.cellsMax());
                    default -> Sensitivity.reach(caps.windowsMax());
                };
        return sensitivity.l1().intValueExact();
    }

    private static Map<String, Integer> changesPerEpochAndFamily(Set<Row> a, Set<Row> b) {
        Set<Row> differing = new HashSet<>(a);
        differing.addAll(b);
        differing.removeIf(row -> row.family().equals(CUT) || (a.contains(row) && b.contains(row)));
        Map<String, Integer> changes = new HashMap<>();
        for (Row row : differing) {
            changes.merge(Math.floorDiv(row.window(), EPOCH) + " " + row.family(), 1, Integer::sum);
        }
        return changes;
    }

    private static OverlapCaps randomCaps(Random random) {
        return new OverlapCaps(
                1 + random.nextInt(3),
                random.nextInt(4) > 0,
                1 + random.nextInt(3),
                1 + random.nextInt(3));
    }

    private static List<Event> randomEvents(Random random, OverlapCaps caps) {
        List<Event> events = new ArrayList<>();
        for (int i = random.nextInt(80); i > 0; i--) {
            int partner = random.nextInt(caps.partners());
            int cell = partner == 0 && random.nextBoolean() ? random.nextInt(5) : -1;
            events.add(new Event(random.nextLong(2 * EPOCH), partner, cell));
        }
        return events;
    }

    /**
     * As a keyed operator would: windows kept packed while they are open, closed in time order, the
     * counters dropped with the epoch.
     */
    private static Set<Row> throughCaps(OverlapCaps caps, List<Event> events) {
        TreeMap<Long, OpenWindow> open = new TreeMap<>();
        for (Event event : events) {
            long start = event.time() - event.time() % WINDOW;
            OpenWindow window = open.computeIfAbsent(start, OpenWindow::new);
            window.see(event.partner());
            if (event.cell() >= 0) {
                window.seeCell(event.cell(), caps.cellsMax(), true);
            }
            LongBuffer words = LongBuffer.allocate(window.words());
            window.write(words);
            open.put(start, OpenWindow.read(words.flip()));
        }
        Map<Long, long[]> counters = new HashMap<>();
        Set<Row> rows = new HashSet<>();
        open.forEach(
                (start, window) -> {
                    OverlapContribution contribution =
                            caps.close(
                                    counters.computeIfAbsent(
                                            start / EPOCH, epoch -> caps.freshCounters()),
                                    window);
                    if (contribution.total()) {
                        rows.add(new Row(start, "total", 0));
                    }
                    for (int partner = 0; partner < caps.partners(); partner++) {
                        if (contribution.reaches(partner)) {
                            rows.add(new Row(start, "reach" + partner, 0));
                        }
                    }
                    contribution.cells().forEach(c -> rows.add(new Row(start, "cells", c)));
                    if (contribution.cut()) {
                        rows.add(new Row(start, CUT, 0));
                    }
                });
        return rows;
    }

    private static Set<Row> byDefinition(OverlapCaps caps, List<Event> events) {
        Set<Row> rows = new HashSet<>();
        for (long epoch = 0; epoch < 2; epoch++) {
            int total = 0;
            int cells = 0;
            int[] reach = new int[caps.partners()];
            for (long start = epoch * EPOCH; start < (epoch + 1) * EPOCH; start += WINDOW) {
                Set<Integer> partners = new HashSet<>();
                SortedSet<Integer> seenCells = new TreeSet<>();
                for (Event event : events) {
                    if (event.time() >= start && event.time() < start + WINDOW) {
                        partners.add(event.partner());
                        if (event.cell() >= 0) {
                            seenCells.add(event.cell());
                        }
                    }
                }
                boolean cut = false;
                for (int partner : partners) {
                    if (caps.reach() && reach[partner]++ < caps.windowsMax()) {
                        rows.add(new Row(start, "reach" + partner, 0));
                    } else {
                        cut |= caps.reach();
                    }
                }
                Row cutRow = new Row(start, CUT, 0);
                if (cut) {
                    rows.add(cutRow);
                }
                if (partners.size() < caps.partners()) {
                    continue;
                }
                if (total++ < caps.windowsMax()) {
                    rows.add(new Row(start, "total", 0));
                } else {
                    rows.add(cutRow);
                }
                if (seenCells.size() > caps.cellsMax()
                        || (!seenCells.isEmpty() && cells >= caps.windowsMax())) {
                    rows.add(cutRow);
                }
                if (!seenCells.isEmpty() && cells++ < caps.windowsMax()) {
                    long window = start;
                    seenCells.stream()
                            .limit(caps.cellsMax())
                            .forEach(cell -> rows.add(new Row(window, "cells", cell)));
                }
            }
        }
        return rows;
    }
}
