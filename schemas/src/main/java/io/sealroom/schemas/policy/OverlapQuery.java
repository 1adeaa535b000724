package io.sealroom.schemas.policy;

import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Distinct identifiers that every named partner saw in the window (DESIGN 6).
 *
 * @param name query name
 * @param identifierKind kind of identifiers
 * @param windowMillis window length
 * @param partners names, in policy order, two or more
 * @param exposing partner whose cells break the overlap down; null for no cell rows
 * @param windowsPerEpoch W: windows one identifier counts in, per family and epoch
 * @param cellsPerWindow L0: cells one identifier counts in, per window
 * @param threshold least noisy count that is released
 * @param total loss of the total's family
 * @param reach loss of each partner's reach; null for no reach rows
 * @param cells loss of the cells' family; null exactly when {@code exposing} is
 * @param caps loss of the count of tokens that a cap cut; null for no such row
 */
public record OverlapQuery(
        String name,
        IdentifierKind identifierKind,
        long windowMillis,
        List<String> partners,
        @Nullable String exposing,
        int windowsPerEpoch,
        int cellsPerWindow,
        long threshold,
        Loss total,
        @Nullable Loss reach,
        @Nullable Loss cells,
        @Nullable Loss caps)
        implements Query {

    public OverlapQuery {
        partners = List.copyOf(partners);
    }

    @Override
    public boolean reads(String partner) {
        return partners.contains(partner);
    }

    @Override
    public List<RowKey> rows(Policy policy) {
        List<RowKey> rows = new ArrayList<>();
        rows.add(RowKey.total(0));
        if (reach != null) {
            partners.forEach(partner -> rows.add(RowKey.reach(rows.size(), partner)));
        }
        if (exposing != null) {
            policy.cells()
                    .forEach(cell -> rows.add(RowKey.cell(rows.size(), Metric.OVERLAP_CELL, cell)));
        }
        return List.copyOf(rows);
    }

    @Override
    public int rowCount(Policy policy) {
        return 1
                + (reach == null ? 0 : partners.size())
                + (exposing == null ? 0 : policy.cells().size());
    }
}
