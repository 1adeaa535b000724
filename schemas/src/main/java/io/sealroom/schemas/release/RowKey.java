package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;

/**
 * What a row of a release is about, before it has a value.
 *
 * @param index position in the release, from 0
 * @param metric what it measures
 * @param label for people: empty for totals and caps, the partner for reach, the cell, or {@code
 *     /unattributed}
 * @param cell hash of the label as PROTOCOL.md section 8 has it
 */
public record RowKey(int index, Metric metric, String label, Bytes32 cell) {

    /** Label of conversions without an eligible touch; no cell can be called so. */
    public static final String UNATTRIBUTED = "/unattributed";

    public static RowKey total(int index) {
        return new RowKey(index, Metric.OVERLAP_TOTAL, "", Bytes32.ZERO);
    }

    public static RowKey reach(int index, String partner) {
        return new RowKey(index, Metric.REACH, partner, Digests.id("partner/" + partner));
    }

    /** A row of a cell of the policy. */
    public static RowKey cell(int index, Metric metric, String cell) {
        return new RowKey(index, metric, cell, Digests.id("cell/" + cell));
    }

    /** Tokens that a cap cut. */
    public static RowKey caps(int index) {
        return new RowKey(index, Metric.CAPS, "", Bytes32.ZERO);
    }

    public static RowKey unattributed(int index, Metric metric) {
        return new RowKey(index, metric, UNATTRIBUTED, Digests.id(UNATTRIBUTED));
    }
}
