package io.sealroom.cli.policy;

import io.sealroom.cli.RowUnit;
import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.dp.DiscreteLaplace;
import io.sealroom.privacy.dp.Noise;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.release.Metric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The preview of a query for people: a line a family, however many rows it has. */
final class QueryLines {

    private QueryLines() {}

    static List<String> of(QueryPreview query) {
        List<String> lines = new ArrayList<>(List.of("", title(query)));
        TextTable table = new TextTable("lrlrrlrrrr");
        table.add(
                List.of(
                        "family",
                        "rows",
                        "unit",
                        "D1",
                        "D2",
                        "noise",
                        "95 %",
                        "threshold",
                        "if empty",
                        "micro-rho"));
        query.families().forEach(family -> table.add(row(family)));
        lines.addAll(table.lines());
        lines.add(
                String.format(
                        "  costs %s micro-rho an epoch, paid by each of: %s",
                        Figures.integer(query.microRho()),
                        String.join(
                                ", ", query.payers().stream().map(DatasetPreview::name).toList())));
        lines.add("  " + caps(query));
        return lines;
    }

    private static String title(QueryPreview query) {
        String window = Figures.duration(query.query().windowMillis());
        if (query.query() instanceof OverlapQuery overlap) {
            return String.format(
                    "%s: %s identifiers that %s all have, in windows of %s%s",
                    overlap.name(),
                    overlap.identifierKind(),
                    String.join(", ", overlap.partners()),
                    window,
                    overlap.exposing() == null ? "" : ", cells of " + overlap.exposing());
        }
        AttributionQuery attribution = (AttributionQuery) query.query();
        return String.format(
                "%s: conversions of %s credited to exposures of %s by %s (%s), in windows of %s",
                attribution.name(),
                attribution.conversions(),
                String.join(", ", attribution.exposures()),
                attribution.model(),
                attribution.identifierKind(),
                window);
    }

    private static List<String> row(FamilyPreview preview) {
        RowUnit unit = preview.unit();
        Noise noise = preview.family().noise();
        BigInteger charge = preview.family().microRho();
        return List.of(
                label(preview.family().metric()),
                preview.rows() + (preview.family().metric() == Metric.CAPS ? " an epoch" : ""),
                unit.words(),
                number(unit, new BigDecimal(preview.family().sensitivity().l1())),
                noise instanceof DiscreteGaussian
                        ? number(
                                unit,
                                Figures.root(
                                        new BigDecimal(preview.family().sensitivity().l2Squared())))
                        : "",
                noise(unit, noise),
                number(unit, new BigDecimal(preview.margin())),
                preview.emptyShown().isPresent()
                        ? number(unit, new BigDecimal(preview.family().threshold()))
                        : "as count",
                preview.emptyShown().isPresent()
                        ? Figures.percent(preview.emptyShown().getAsDouble())
                        : "as count",
                (preview.families() == 1 ? "" : preview.families() + " x ")
                        + Figures.integer(charge));
    }

    /** Name of a family. */
    static String label(Metric metric) {
        return switch (metric) {
            case OVERLAP_TOTAL -> "total";
            case REACH -> "reach of each";
            case OVERLAP_CELL -> "cells";
            case COUNT -> "count";
            case VALUE -> "value";
            case CONVERTERS -> "converters";
            case CAPS -> "cut by caps";
        };
    }

    private static String noise(RowUnit unit, Noise noise) {
        if (noise instanceof DiscreteLaplace laplace) {
            return "Laplace " + number(unit, Figures.decimal(laplace.scale()));
        }
        return "Gaussian "
                + number(
                        unit,
                        Figures.root(Figures.decimal(((DiscreteGaussian) noise).sigmaSquared())));
    }

    private static String caps(QueryPreview query) {
        if (query.query() instanceof OverlapQuery overlap) {
            return String.format(
                    "an identifier in all %d windows of an epoch: the cap of %d drops %d of them"
                            + " from each family; of a window it counts in %d cells",
                    query.windows(),
                    overlap.windowsPerEpoch(),
                    query.windowsDropped().orElse(0),
                    overlap.cellsPerWindow());
        }
        AttributionQuery attribution = (AttributionQuery) query.query();
        return String.format(
                "an identifier counts with its first %d conversions of an epoch, each worth at most"
                        + " %s minor units; later ones are left out",
                attribution.conversionsPerEpoch(),
                Figures.integer(BigInteger.valueOf(attribution.valueMax())));
    }

    private static String number(RowUnit unit, BigDecimal inRows) {
        return Figures.number(unit.of(inRows), 3);
    }
}
