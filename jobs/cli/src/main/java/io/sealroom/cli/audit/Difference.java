package io.sealroom.cli.audit;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first thing in which a window is not what the chain or a release says.
 *
 * @param kind what differs
 * @param says in words
 * @param place where in the input, if it lies there
 * @param rows indices of the rows that differ from the released ones
 */
record Difference(Kind kind, String says, @Nullable Place place, List<Integer> rows) {

    /** In the order in which they are looked for. */
    enum Kind {
        HEADS,
        TOTALS,
        ROWS,
        HASH,
        CONFLICT;

        /** As it is printed. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Difference {
        rows = List.copyOf(rows);
    }

    static Difference of(Kind kind, String says) {
        return new Difference(kind, says, null, List.of());
    }

    static Difference at(Kind kind, Place place, String says) {
        return new Difference(kind, says, place, List.of());
    }
}
