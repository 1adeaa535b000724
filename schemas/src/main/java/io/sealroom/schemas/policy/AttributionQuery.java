package io.sealroom.schemas.policy;

import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conversions credited to the cells of earlier exposures (DESIGN 6).
 *
 * @param name query name
 * @param identifierKind kind of identifiers
 * @param windowMillis window length; a result belongs to the window of the conversion
 * @param model how credit is shared
 * @param exposures names of the partners whose exposures are touches, in policy order
 * @param conversions name of the one partner that supplies conversions
 * @param clickLookbackMillis longest age of a click at the conversion
 * @param viewLookbackMillis longest age of a view at the conversion
 * @param clickMinAgeMillis least age of a click
 * @param viewMinAgeMillis least age of a view
 * @param clicksFirst whether any click goes before every view
 * @param touchesMax N: touches a model looks at
 * @param conversionsPerEpoch C: conversions one identifier counts with, per epoch
 * @param valueMax V: values are clamped to [0, V], minor units
 * @param threshold least noisy count that is released, in conversions
 * @param halfLifeMillis age at which a touch weighs half, of TIME_DECAY; 0 for other models
 * @param count loss of the count family; its rows also guard the value rows
 * @param value loss of the value family; null for no value rows
 * @param converters loss of the converters family; null for no converters rows
 * @param caps loss of the count of tokens that a cap cut; null for no such row
 */
public record AttributionQuery(
        String name,
        IdentifierKind identifierKind,
        long windowMillis,
        AttributionModel model,
        List<String> exposures,
        String conversions,
        long clickLookbackMillis,
        long viewLookbackMillis,
        long clickMinAgeMillis,
        long viewMinAgeMillis,
        boolean clicksFirst,
        int touchesMax,
        int conversionsPerEpoch,
        long valueMax,
        long threshold,
        long halfLifeMillis,
        Loss count,
        @Nullable Loss value,
        @Nullable Loss converters,
        @Nullable Loss caps)
        implements Query {

    public AttributionQuery {
        exposures = List.copyOf(exposures);
    }

    @Override
    public boolean reads(String partner) {
        return exposures.contains(partner) || conversions.equals(partner);
    }

    @Override
    public List<RowKey> rows(Policy policy) {
        List<RowKey> rows = new ArrayList<>();
        for (String cell : policy.cells()) {
            for (Metric metric : metrics()) {
                rows.add(RowKey.cell(rows.size(), metric, cell));
            }
        }
        for (Metric metric : metrics()) {
            rows.add(RowKey.unattributed(rows.size(), metric));
        }
        return List.copyOf(rows);
    }

    @Override
    public int rowCount(Policy policy) {
        return (policy.cells().size() + 1) * metrics().size();
    }

    /** The most touches that share the credit of one conversion. */
    public int sharingTouchesMax() {
        return switch (model) {
            // One takes all, so N only says among how many it is chosen.
            case LAST_TOUCH, FIRST_TOUCH -> 1;
            case LINEAR, POSITION, TIME_DECAY -> touchesMax;
        };
    }

    /** Metrics of every cell, in row order. */
    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.COUNT);
        if (value != null) {
            metrics.add(Metric.VALUE);
        }
        if (converters != null) {
            metrics.add(Metric.CONVERTERS);
        }
        return metrics;
    }
}
