package io.sealroom.local.chaos;

import java.util.ArrayList;
import java.util.List;

/** What the comparison found; a run is good if all three counts are 0. */
final class Findings {

    private static final int LINES_MAX = 30;

    private final List<String> lines = new ArrayList<>();
    private int lost;
    private int doubled;
    private int differing;

    void lost(String what) {
        lost++;
        line("lost: " + what);
    }

    void doubled(String what) {
        doubled++;
        line("doubled: " + what);
    }

    void differing(String what) {
        differing++;
        line("differs: " + what);
    }

    private void line(String text) {
        if (lines.size() < LINES_MAX) {
            lines.add(text);
        }
    }

    boolean areNone() {
        return lost == 0 && doubled == 0 && differing == 0;
    }

    /** The first of them. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    String summary() {
        return String.format("lost %d, doubled %d, differing %d", lost, doubled, differing);
    }
}
