package io.sealroom.cli.releases;

import io.sealroom.privacy.view.NoiseMargin;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is printed of one row. A suppressed row has neither value nor margin: nobody can add its
 * zero up.
 *
 * @param row the row
 * @param value digits in the row's unit, or nothing
 * @param margin of its noise, 95 %, in the row's unit, or nothing
 */
record RowFields(ReleaseRow row, String value, String margin) {

    /** What the formats for programs call the fields, in order. */
    static final List<String> NAMES =
            List.of(
                    "room",
                    "query",
                    "start",
                    "end",
                    "index",
                    "metric",
                    "label",
                    "status",
                    "value",
                    "margin95",
                    "releaseHash",
                    "transaction");

    /** The rows of a release. */
    static List<RowFields> of(Release release) {
        ReleaseDocument document = release.pending().document();
        // One for each family and not for each row: a release may have thousands.
        Map<Metric, String> margins = new EnumMap<>(Metric.class);
        for (MechanismEntry entry : document.mechanisms()) {
            margins.computeIfAbsent(entry.metric(), metric -> NoiseMargin.of(entry).toString());
        }
        List<RowFields> rows = new ArrayList<>(document.rows().size());
        for (ReleaseRow row : document.rows()) {
            boolean shown = row.status() == RowStatus.OK;
            rows.add(
                    new RowFields(
                            row,
                            shown ? row.value().toString() : "",
                            shown ? margins.getOrDefault(row.key().metric(), "") : ""));
        }
        return rows;
    }

    /** One for each name. */
    List<String> values(Release release) {
        ReleaseDocument document = release.pending().document();
        return List.of(
                document.identity().room(),
                document.query(),
                Instant.ofEpochMilli(document.start()).toString(),
                Instant.ofEpochMilli(document.end()).toString(),
                Integer.toString(row.key().index()),
                row.key().metric().name(),
                row.key().label(),
                row.status().name(),
                value,
                margin,
                release.pending().releaseHash().toHex(),
                release.receipt().transaction().toHex());
    }
}
