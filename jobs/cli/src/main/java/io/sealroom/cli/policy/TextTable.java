package io.sealroom.cli.policy;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their longest cell. */
final class TextTable {

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param alignment a letter for each column: l for text, r for numbers
     */
    TextTable(String alignment) {
        this.alignment = alignment;
    }

    void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** Indented by two blanks. */
    List<String> lines() {
        int[] widths = new int[alignment.length()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blanks = " ".repeat(widths[i] - row.get(i).length());
                boolean right = alignment.charAt(i) == 'r';
                line.append("  ").append(right ? blanks + row.get(i) : row.get(i) + blanks);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
