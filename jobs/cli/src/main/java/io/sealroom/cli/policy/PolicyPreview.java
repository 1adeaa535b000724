package io.sealroom.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.policy.Policy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a policy's releases would tell and cost.
 *
 * @param delta at which losses are shown as epsilon
 * @param queries policy order
 * @param whole loss of an epoch, all queries together
 * @param datasets policy order
 * @param refusals why it cannot be paid, one text a reason
 * @param warnings what can be paid and hardly is meant, one text each
 */
record PolicyPreview(
        Policy policy,
        BigDecimal delta,
        List<QueryPreview> queries,
        EpochLoss whole,
        List<DatasetPreview> datasets,
        List<String> refusals,
        List<String> warnings)
        implements Printable {

    PolicyPreview {
        queries = List.copyOf(queries);
        datasets = List.copyOf(datasets);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    static PolicyPreview of(Policy policy, BigDecimal delta, Limits limits) {
        List<QueryPreview> queries =
                policy.queries().stream().map(query -> QueryPreview.of(policy, query)).toList();
        List<DatasetPreview> datasets =
                policy.suppliers().stream()
                        .map(partner -> DatasetPreview.of(policy, partner, limits))
                        .toList();
        return new PolicyPreview(
                policy,
                delta,
                queries,
                EpochLoss.of(
                        policy.queries().stream()
                                .flatMap(
                                        query ->
                                                QueryFamilies.of(policy, query).families().stream())
                                .toList()),
                datasets,
                refusals(queries, datasets, limits),
                PreviewWarnings.of(policy, queries));
    }

    private static List<String> refusals(
            List<QueryPreview> queries, List<DatasetPreview> datasets, Limits limits) {
        List<String> refusals = new ArrayList<>();
        for (QueryPreview query : queries) {
            if (query.microRho().compareTo(RoomConfigurations.CHARGE_MAX) > 0) {
                refusals.add(
                        String.format(
                                "query %s: an epoch costs %d micro-rho, the contract holds at most"
                                        + " %d",
                                query.query().name(),
                                query.microRho(),
                                RoomConfigurations.CHARGE_MAX));
            }
        }
        refusals.addAll(limits.refusals());
        datasets.forEach(dataset -> refusals.addAll(dataset.refusals()));
        return refusals;
    }

    long epochs() {
        return policy.lastEpoch() - policy.firstEpoch() + 1;
    }

    /** After how many epochs losses are shown: 1, 4, 13, and all of the room. */
    SortedSet<Long> horizons() {
        return new TreeSet<>(List.of(1L, 4L, 13L, epochs()));
    }

    /** What all partners together can have evaluated per epoch. */
    long testableByAll() {
        return policy.quota() * policy.partners().size();
    }

    @Override
    public List<String> lines() {
        return new PreviewLines(this).lines();
    }

    @Override
    public ObjectNode json() {
        return new PreviewJson(this).json();
    }
}
