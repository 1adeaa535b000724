package io.sealroom.cli.audit;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** In which rows a released document is not the replayed one; told by the rows' leaf hashes. */
final class RowDifferences {

    private RowDifferences() {}

    /** The indices of the rows that differ, stand in one alone, or follow in the longer one. */
    static List<Integer> indices(ReleaseDocument released, ReleaseDocument replayed) {
        List<Integer> differing = new ArrayList<>();
        int rows = Math.max(released.rows().size(), replayed.rows().size());
        for (int i = 0; i < rows; i++) {
            if (!leaf(released, i).equals(leaf(replayed, i))) {
                differing.add(i);
            }
        }
        return differing;
    }

    /** The first of them in words, without a value: a replayed one is nobody's to see. */
    static String says(ReleaseDocument released, ReleaseDocument replayed, List<Integer> rows) {
        int first = rows.get(0);
        RowKey key = (first < replayed.rows().size() ? replayed : released).rows().get(first).key();
        return String.format(
                "%d of %d rows, first row %d (%s%s): leaf %s was released, %s replayed",
                rows.size(),
                Math.max(released.rows().size(), replayed.rows().size()),
                first,
                key.metric(),
                key.label().isEmpty() ? "" : " " + key.label(),
                leaf(released, first).map(Bytes32::toHex).orElse("none"),
                leaf(replayed, first).map(Bytes32::toHex).orElse("none"));
    }

    private static Optional<Bytes32> leaf(ReleaseDocument document, int index) {
        if (index >= document.rows().size()) {
            return Optional.empty();
        }
        ReleaseRow row = document.rows().get(index);
        return Optional.of(row.leaf(document.queryId(), document.start(), document.end()));
    }
}
