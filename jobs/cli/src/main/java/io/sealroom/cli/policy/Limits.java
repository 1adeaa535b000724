package io.sealroom.cli.policy;

import io.sealroom.cli.UsageException;
import io.sealroom.contracts.DatasetAccount;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of the limits of a policy's data sets.
 *
 * @param byPartner limits, by the name of the partner whose data set it is; a data set whose limits
 *     are not known is left out
 * @param refusals why a data set can pay nothing, one text a reason
 */
record Limits(Map<String, DatasetLimits> byPartner, List<String> refusals) {

    Limits {
        byPartner = Map.copyOf(byPartner);
        refusals = List.copyOf(refusals);
    }

    /**
     * What the user states.
     *
     * @throws UsageException if one names no data set of the policy, several, or one twice
     */
    static Limits given(Policy policy, List<GivenLimit> given) {
        Map<String, DatasetLimits> byPartner = new HashMap<>();
        for (GivenLimit limit : given) {
            List<Partner> meant = policy.suppliers().stream().filter(limit::means).toList();
            if (meant.size() != 1) {
                throw new UsageException(
                        String.format(
                                "--limit %s: the policy has %d data sets of that name%s",
                                limit.dataset(),
                                meant.size(),
                                meant.isEmpty() ? "" : ", PARTNER/DATASET says which"));
            }
            if (byPartner.put(meant.get(0).name(), limit.limits()) != null) {
                throw new UsageException(
                        String.format("--limit %s: stands twice", limit.dataset()));
            }
        }
        return new Limits(byPartner, List.of());
    }

    /**
     * What the ledger has; where a data set is not registered there, what the user states.
     *
     * @throws UsageException if the user states limits of one that is registered
     * @throws IOException if the endpoint does not answer
     */
    static Limits of(LedgerContract ledger, Policy policy, Limits given) throws IOException {
        Map<String, DatasetLimits> byPartner = new HashMap<>(given.byPartner());
        List<String> refusals = new ArrayList<>();
        for (Partner partner : policy.suppliers()) {
            Word id = RoomConfigurations.word(partner.datasetId());
            Optional<DatasetAccount> account = ledger.account(id);
            if (account.isEmpty()) {
                if (!byPartner.containsKey(partner.name())) {
                    refusals.add(refusal(partner, "is not registered in the ledger"));
                }
                continue;
            }
            if (byPartner.containsKey(partner.name())) {
                throw new UsageException(
                        String.format(
                                "--limit: data set %s of %s is registered, its limits stand for"
                                        + " ever",
                                partner.dataset(), partner.name()));
            }
            boolean otherPeriod = account.get().periodMillis() != policy.epochMillis();
            byPartner.put(
                    partner.name(),
                    limits(
                            account.get(),
                            // Its periods are not the room's epochs: their numbers mean other
                            // times.
                            otherPeriod ? new TreeMap<>() : spent(ledger, policy, id)));
            if (otherPeriod) {
                refusals.add(
                        refusal(
                                partner,
                                String.format(
                                        "has a period of %s, the room's epoch is %s",
                                        Figures.duration(account.get().periodMillis()),
                                        Figures.duration(policy.epochMillis()))));
            }
        }
        return new Limits(byPartner, refusals);
    }

    private static SortedMap<Long, Long> spent(LedgerContract ledger, Policy policy, Word id)
            throws IOException {
        SortedMap<Long, Long> spent = new TreeMap<>();
        for (long epoch = policy.firstEpoch(); epoch <= policy.lastEpoch(); epoch++) {
            long amount = ledger.spentInPeriod(id, epoch);
            if (amount != 0) {
                spent.put(epoch, amount);
            }
        }
        return spent;
    }

    private static DatasetLimits limits(DatasetAccount account, SortedMap<Long, Long> spent) {
        return new DatasetLimits(
                account.limitPerPeriod(),
                OptionalLong.of(account.limitForLife()),
                account.allowed(),
                spent);
    }

    private static String refusal(Partner partner, String why) {
        return String.format(
                "data set %s of %s %s: it can pay nothing", partner.dataset(), partner.name(), why);
    }
}
