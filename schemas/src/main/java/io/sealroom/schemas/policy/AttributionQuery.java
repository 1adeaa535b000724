package io.sealroom.schemas.policy;

import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.math.BigDecimal;
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
 * @param epsilonCount of the count family; it also guards the value rows
 * @param epsilonValue of the value family; null for no value rows
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
        BigDecimal epsilonCount,
        @Nullable BigDecimal epsilonValue)
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
            rows.add(RowKey.cell(rows.size(), Metric.COUNT, cell));
            if (epsilonValue != null) {
                rows.add(RowKey.cell(rows.size(), Metric.VALUE, cell));
            }
        }
        rows.add(RowKey.unattributed(rows.size(), Metric.COUNT));
        if (epsilonValue != null) {
            rows.add(RowKey.unattributed(rows.size(), Metric.VALUE));
        }
        return List.copyOf(rows);
    }
}
