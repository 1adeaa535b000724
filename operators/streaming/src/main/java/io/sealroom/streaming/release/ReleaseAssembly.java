package io.sealroom.streaming.release;

import io.sealroom.privacy.dp.CappedTotal;
import io.sealroom.privacy.dp.Family;
import io.sealroom.privacy.dp.NoisyRow;
import io.sealroom.privacy.dp.NoisyTotal;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.privacy.noise.NoiseContext;
import io.sealroom.privacy.noise.NoiseKeys;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a release out of checked inputs and exact totals: noise from the shares, thresholds, leaf
 * salts, document. Pure: equal inputs give equal bytes.
 */
final class ReleaseAssembly {

    private final Policy policy;
    private final RoomIdentity identity;
    private final List<QueryFamilies> families;

    ReleaseAssembly(Policy policy, RoomIdentity identity) {
        this.policy = policy;
        this.identity = identity;
        this.families =
                policy.queries().stream().map(query -> QueryFamilies.of(policy, query)).toList();
    }

    /**
     * The release of one window.
     *
     * @param index position of the query in the policy
     * @param start start of the window
     * @param totals exact totals by row, after caps; a row that is not there is 0
     * @throws IllegalArgumentException if {@code totals} has a row that the query has not
     */
    ReleaseDocument assemble(
            int index, long start, WindowInputs inputs, Map<Integer, BigInteger> totals) {
        Query query = policy.queries().get(index);
        List<RowKey> keys = query.rows(policy, start);
        for (int row : totals.keySet()) {
            if (row < 0 || row >= keys.size()) {
                throw new IllegalArgumentException(
                        String.format(
                                "query %s has rows 0 to %d, got a total of row %d",
                                query.name(), keys.size() - 1, row));
            }
        }
        long end = start + query.windowMillis();
        NoiseKeys noise =
                NoiseKeys.derive(
                        new NoiseContext(
                                policy.semantics(),
                                identity,
                                query.id(),
                                start,
                                end,
                                inputs.heads()),
                        inputs.shares());
        return new ReleaseDocument(
                identity,
                policy.semantics(),
                query.name(),
                start,
                end,
                rows(families.get(index), keys, noise, totals),
                families.get(index).mechanisms(),
                inputs.totals());
    }

    private static List<ReleaseRow> rows(
            QueryFamilies families,
            List<RowKey> keys,
            NoiseKeys noise,
            Map<Integer, BigInteger> totals) {
        List<ReleaseRow> rows = new ArrayList<>(keys.size());
        @Nullable NoisyRow count = null;
        for (RowKey key : keys) {
            Family family = families.family(key.metric());
            NoisyTotal noisy =
                    CappedTotal.of(totals.getOrDefault(key.index(), BigInteger.ZERO))
                            .addNoise(
                                    family.noise(),
                                    noise.stream(key.metric().code(), key.cell(), key.index()));
            NoisyRow row;
            if (key.metric() == Metric.VALUE) {
                // A cell's value row stands right behind its count row.
                row = noisy.following(Objects.requireNonNull(count));
            } else {
                // Converters and caps count people and are judged by themselves.
                row = noisy.threshold(family.threshold());
            }
            if (key.metric() == Metric.COUNT) {
                count = row;
            }
            rows.add(new ReleaseRow(key, row.status(), row.value(), noise.leafSalt(key.index())));
        }
        return rows;
    }
}
