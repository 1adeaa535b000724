package io.sealroom.cli.policy;

import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all queries that read a data set cost it.
 *
 * @param partner whose data set it is
 * @param loss of an epoch
 * @param epochs of the room
 * @param limits empty if they are not known
 */
record DatasetPreview(
        Partner partner, EpochLoss loss, long epochs, Optional<DatasetLimits> limits) {

    static DatasetPreview of(Policy policy, Partner partner, Limits limits) {
        return new DatasetPreview(
                partner,
                EpochLoss.of(
                        policy.queries().stream()
                                .filter(query -> query.reads(partner.name()))
                                .flatMap(
                                        query ->
                                                QueryFamilies.of(policy, query).families().stream())
                                .toList()),
                policy.lastEpoch() - policy.firstEpoch() + 1,
                Optional.ofNullable(limits.byPartner().get(partner.name())));
    }

    String name() {
        return name(partner);
    }

    /** A data set's name, with its partner's if that is another. */
    static String name(Partner partner) {
        String dataset = String.valueOf(partner.dataset());
        return dataset.equals(partner.name()) ? dataset : dataset + " (" + partner.name() + ")";
    }

    /** Why it cannot pay, one text a reason. */
    List<String> refusals() {
        BigInteger cost = loss.microRho();
        List<String> reasons = new ArrayList<>();
        if (limits.isPresent()) {
            reasons.addAll(limits.get().shortages(cost, epochs));
        } else if (cost.compareTo(RoomConfigurations.CHARGE_MAX) > 0) {
            reasons.add(
                    String.format(
                            "an epoch costs %d micro-rho, no ledger takes a limit per period above"
                                    + " %d",
                            cost, RoomConfigurations.CHARGE_MAX));
        }
        return reasons.stream().map(reason -> "data set " + name() + ": " + reason).toList();
    }
}
