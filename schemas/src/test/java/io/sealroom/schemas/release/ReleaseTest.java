package io.sealroom.schemas.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.Vectors;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.record.Samples;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    private static PendingRelease withRows(UnaryOperator<List<ReleaseRow>> change) {
        PendingRelease pending = Samples.pending();
        ReleaseDocument document = pending.document();
        return new PendingRelease(
                new ReleaseDocument(
                        document.identity(),
                        document.semantics(),
                        document.query(),
                        document.start(),
                        document.end(),
                        change.apply(new ArrayList<>(document.rows())),
                        document.mechanisms(),
                        document.totals()),
                pending.root(),
                pending.releaseHash());
    }

    private static ReleaseRow withValue(ReleaseRow row, BigInteger value) {
        return new ReleaseRow(row.key(), row.status(), value, row.salt());
    }

    @Test
    void rows_goldenRows_equalGoldenBytesAndLeaves() {
        JsonNode vector = Vectors.read("merkle.json");
        ReleaseDocument document = Samples.pending().document();
        for (ReleaseRow row : document.rows()) {
            JsonNode golden = vector.required("rows").get(row.key().index());
            assertThat(
                            Bytes.of(
                                    row.canonicalBytes(
                                            document.queryId(), document.start(), document.end())))
                    .isEqualTo(Vectors.bytes(golden.required("canonical")));
            assertThat(row.leaf(document.queryId(), document.start(), document.end()))
                    .isEqualTo(Vectors.bytes32(golden.required("leaf")));
        }
    }

    @Test
    void releaseHash_goldenDocument_equalsGolden() {
        JsonNode vector = Vectors.read("release-hash.json");
        ReleaseDocument document = Samples.pending().document();
        assertThat(document.root()).isEqualTo(Vectors.bytes32(vector.required("root")));
        assertThat(document.mechanismsHash())
                .isEqualTo(Vectors.bytes32(vector.required("mechanismsHash")));
        assertThat(document.totalsHash()).isEqualTo(Vectors.bytes32(vector.required("totalsHash")));
        assertThat(document.releaseHash())
                .isEqualTo(Vectors.bytes32(vector.required("releaseHash")));
    }

    @Test
    void faults_untouched_none() {
        assertThat(ReleaseRules.faults(Samples.pending())).isEmpty();
    }

    @Test
    void faults_valueChanged_rootAndHashDiffer() {
        PendingRelease changed =
                withRows(
                        rows -> {
                            rows.set(0, withValue(rows.get(0), BigInteger.valueOf(1235)));
                            return rows;
                        });
        assertThat(ReleaseRules.faults(changed)).hasSize(2).first().asString().startsWith("root:");
    }

    @Test
    void faults_valuesOfTwoRowsSwapped_rootDiffers() {
        PendingRelease changed =
                withRows(
                        rows -> {
                            ReleaseRow first = rows.get(0);
                            rows.set(0, withValue(first, rows.get(1).value()));
                            rows.set(1, withValue(rows.get(1), first.value()));
                            return rows;
                        });
        assertThat(ReleaseRules.faults(changed)).hasSize(2);
    }

    /** Nobody could tell how large the noise of such a row is. */
    @Test
    void faults_mechanismOfARowMissing_named() {
        ReleaseDocument d = Samples.pending().document();
        List<MechanismEntry> others =
                d.mechanisms().stream().filter(entry -> entry.metric() != Metric.REACH).toList();
        ReleaseDocument without =
                new ReleaseDocument(
                        d.identity(),
                        d.semantics(),
                        d.query(),
                        d.start(),
                        d.end(),
                        d.rows(),
                        others,
                        d.totals());
        assertThat(ReleaseRules.faults(PendingRelease.of(without)))
                .containsExactly("no mechanism of REACH rows");
    }

    /** The sorted tree has the same root in any order, so only the indices show it. */
    @Test
    void faults_twoRowsExchanged_indicesShowIt() {
        PendingRelease changed =
                withRows(
                        rows -> {
                            Collections.swap(rows, 1, 2);
                            return rows;
                        });
        assertThat(ReleaseRules.faults(changed))
                .containsExactly(
                        "row 2 stands where row 1 must be", "row 1 stands where row 2 must be");
    }

    @Test
    void faults_rowDroppedRepeatedOrAdded_shows() {
        assertThat(ReleaseRules.faults(withRows(rows -> rows.subList(0, 4)))).isNotEmpty();
        assertThat(
                        ReleaseRules.faults(
                                withRows(
                                        rows -> {
                                            rows.add(rows.get(4));
                                            return rows;
                                        })))
                .contains("row 4 stands where row 5 must be");
        assertThat(
                        ReleaseRules.faults(
                                withRows(
                                        rows -> {
                                            ReleaseRow last = rows.get(4);
                                            rows.add(
                                                    new ReleaseRow(
                                                            RowKey.cell(
                                                                    5,
                                                                    Metric.OVERLAP_CELL,
                                                                    "weather"),
                                                            last.status(),
                                                            last.value(),
                                                            last.salt()));
                                            return rows;
                                        })))
                .isNotEmpty();
        assertThat(ReleaseRules.faults(withRows(rows -> List.of()))).containsExactly("no rows");
    }

    @Test
    void faults_labelOfOtherCell_shows() {
        PendingRelease changed =
                withRows(
                        rows -> {
                            ReleaseRow row = rows.get(3);
                            RowKey key = row.key();
                            rows.set(
                                    3,
                                    new ReleaseRow(
                                            new RowKey(
                                                    key.index(),
                                                    key.metric(),
                                                    "sports",
                                                    key.cell()),
                                            row.status(),
                                            row.value(),
                                            row.salt()));
                            return rows;
                        });
        assertThat(ReleaseRules.faults(changed)).containsExactly("row 3: label and cell differ");
    }

    /** The cell of a total is zero, so its label is bound by nothing but this rule. */
    @Test
    void faults_labelOnTheTotal_shows() {
        PendingRelease changed =
                withRows(
                        rows -> {
                            ReleaseRow row = rows.get(0);
                            RowKey key = row.key();
                            rows.set(
                                    0,
                                    new ReleaseRow(
                                            new RowKey(0, key.metric(), "news", key.cell()),
                                            row.status(),
                                            row.value(),
                                            row.salt()));
                            return rows;
                        });
        assertThat(ReleaseRules.faults(changed)).containsExactly("row 0: label and cell differ");
    }

    @Test
    void faults_suppressedWithValue_shows() {
        PendingRelease changed =
                withRows(
                        rows -> {
                            rows.set(4, withValue(rows.get(4), BigInteger.ONE));
                            return rows;
                        });
        assertThat(ReleaseRules.faults(changed)).contains("row 4 is suppressed but has a value");
    }
}
