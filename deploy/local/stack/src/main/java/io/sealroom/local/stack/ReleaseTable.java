package io.sealroom.local.stack;

import io.sealroom.privacy.view.NoiseMargin;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Releases as a table for people: one line a row, with its 95 % margin, block and transaction. */
final class ReleaseTable {

    private static final String FORMAT = "%-17s %-17s %-26s %14s %12s  %6s  %-12s %s";

    private ReleaseTable() {}

    /**
     * @param verified whether the chain holds the recomputed hash of a release, by position
     */
    static List<String> lines(List<Release> releases, List<Boolean> verified) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < releases.size(); i++) {
            order.add(i);
        }
        order.sort(
                Comparator.<Integer>comparingLong(i -> releases.get(i).pending().document().start())
                        .thenComparing(i -> releases.get(i).pending().document().query()));
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        FORMAT,
                        "window",
                        "query",
                        "row",
                        "value",
                        "± 95 %",
                        "block",
                        "transaction",
                        ""));
        for (int i : order) {
            Release release = releases.get(i);
            for (ReleaseRow row : release.pending().document().rows()) {
                lines.add(line(release, row, verified.get(i)));
            }
        }
        return lines;
    }

    private static String line(Release release, ReleaseRow row, boolean verified) {
        ReleaseDocument document = release.pending().document();
        boolean suppressed = row.status() == RowStatus.SUPPRESSED;
        return String.format(
                Locale.ROOT,
                FORMAT,
                Instant.ofEpochMilli(document.start()).toString().substring(0, 16),
                document.query(),
                name(row),
                suppressed ? "SUPPRESSED" : text(row.key().metric(), row.value()),
                suppressed ? "" : text(row.key().metric(), margin(document, row)),
                release.receipt().blockNumber(),
                release.receipt().transaction().toHex().substring(0, 12),
                verified ? "verified" : "NOT VERIFIED");
    }

    private static String name(ReleaseRow row) {
        return switch (row.key().metric()) {
            case OVERLAP_TOTAL -> "total";
            case REACH -> "reach " + row.key().label();
            case OVERLAP_CELL -> "cell " + row.key().label();
            case COUNT -> "count " + row.key().label();
            case VALUE -> "value " + row.key().label();
            case CONVERTERS -> "converters " + row.key().label();
            case CAPS -> "caps";
        };
    }

    /** Conversions with two decimals, money in units, people as they are. */
    private static String text(Metric metric, BigInteger value) {
        int decimals =
                switch (metric) {
                    case COUNT -> 6;
                    case VALUE -> 2;
                    case OVERLAP_TOTAL, REACH, OVERLAP_CELL, CONVERTERS, CAPS -> 0;
                };
        BigDecimal number = new BigDecimal(value, decimals);
        return (decimals == 6 ? number.setScale(2, RoundingMode.HALF_EVEN) : number)
                .toPlainString();
    }

    private static BigInteger margin(ReleaseDocument document, ReleaseRow row) {
        return NoiseMargin.of(document.mechanism(row.key().metric()).orElseThrow());
    }
}
