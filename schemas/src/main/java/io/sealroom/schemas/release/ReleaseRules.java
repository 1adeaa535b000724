package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What anybody can check of a release from its bytes alone; the chain then has to hold the
 * recomputed hash.
 */
public final class ReleaseRules {

    private ReleaseRules() {}

    /**
     * The faults of a release, none where it is consistent: rows 0 to m-1 each once and in order,
     * suppressed rows without a value, labels that hash to their cells, a mechanism for every row,
     * stated root and hash equal to the recomputed ones.
     */
    public static List<String> faults(PendingRelease release) {
        List<String> faults = new ArrayList<>();
        ReleaseDocument document = release.document();
        if (document.rows().isEmpty()) {
            faults.add("no rows");
            return faults;
        }
        for (int i = 0; i < document.rows().size(); i++) {
            checkRow(i, document.rows().get(i), faults);
        }
        document.rows().stream()
                .map(row -> row.key().metric())
                .distinct()
                .filter(metric -> document.mechanism(metric).isEmpty())
                .forEach(metric -> faults.add(String.format("no mechanism of %s rows", metric)));
        compare("root", release.root(), document.root(), faults);
        compare("release hash", release.releaseHash(), document.releaseHash(), faults);
        return faults;
    }

    private static void checkRow(int position, ReleaseRow row, List<String> faults) {
        RowKey key = row.key();
        if (key.index() != position) {
            faults.add(String.format("row %d stands where row %d must be", key.index(), position));
        }
        if (row.status() == RowStatus.SUPPRESSED && !row.value().equals(BigInteger.ZERO)) {
            faults.add(String.format("row %d is suppressed but has a value", key.index()));
        }
        if (!cellOf(key).equals(key.cell()) || (isTotal(key) && !key.label().isEmpty())) {
            faults.add(String.format("row %d: label and cell differ", key.index()));
        }
    }

    /** The cell of a total is zero whatever its label says, so the label has to say nothing. */
    private static boolean isTotal(RowKey key) {
        return key.metric() == Metric.OVERLAP_TOTAL || key.metric() == Metric.CAPS;
    }

    private static Bytes32 cellOf(RowKey key) {
        return switch (key.metric()) {
            case OVERLAP_TOTAL, CAPS -> Bytes32.ZERO;
            case REACH -> RowKey.reach(0, key.label()).cell();
            case OVERLAP_CELL, COUNT, VALUE, CONVERTERS ->
                    key.label().equals(RowKey.UNATTRIBUTED)
                            ? RowKey.unattributed(0, key.metric()).cell()
                            : RowKey.cell(0, key.metric(), key.label()).cell();
        };
    }

    private static void compare(
            String what, Bytes32 stated, Bytes32 recomputed, List<String> faults) {
        if (!stated.equals(recomputed)) {
            faults.add(String.format("%s: stated %s, recomputed %s", what, stated, recomputed));
        }
    }
}
