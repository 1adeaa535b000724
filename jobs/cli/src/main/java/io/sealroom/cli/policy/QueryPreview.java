package io.sealroom.cli.policy;

import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.policy.OverlapQuery;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a query tells and costs.
 *
 * @param microRho charge of an epoch
 * @param payers whose data sets pay it, each all of it
 * @param windows most that an epoch of the room has of the query's windows
 */
record QueryPreview(
        Query query,
        List<FamilyPreview> families,
        BigInteger microRho,
        List<Partner> payers,
        long windows) {

    QueryPreview {
        families = List.copyOf(families);
        payers = List.copyOf(payers);
    }

    static QueryPreview of(Policy policy, Query query) {
        return new QueryPreview(
                query,
                FamilyPreview.of(policy, query),
                QueryFamilies.of(policy, query).microRho(),
                policy.partners().stream().filter(partner -> query.reads(partner.name())).toList(),
                windows(policy, query.windowMillis()));
    }

    private static long windows(Policy policy, long windowMillis) {
        long most = 0;
        for (long epoch = policy.firstEpoch(); epoch <= policy.lastEpoch(); epoch++) {
            long from = Math.max(policy.startMillis(), epoch * policy.epochMillis());
            long to = Math.min(policy.endMillis(), (epoch + 1) * policy.epochMillis());
            most = Math.max(most, (to - from) / windowMillis);
        }
        return most;
    }

    /**
     * Of an identifier that is in all windows of an epoch: windows the cap drops, if there is one.
     */
    OptionalLong windowsDropped() {
        return query instanceof OverlapQuery overlap
                ? OptionalLong.of(Math.max(0, windows - overlap.windowsPerEpoch()))
                : OptionalLong.empty();
    }
}
