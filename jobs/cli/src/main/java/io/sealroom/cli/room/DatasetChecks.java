package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.DatasetAccount;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a policy's ledger and data sets are there before a room is created over them. */
final class DatasetChecks {

    private DatasetChecks() {}

    /**
     * Demands that the policy's ledger takes rooms of a factory.
     *
     * @throws RefusedException if it is another factory's
     */
    static void requireLedgerOf(LedgerContract ledger, Account factory) throws IOException {
        Account expected = ledger.factory();
        if (!expected.equals(factory)) {
            throw new RefusedException(
                    String.format(
                            "the policy's ledger %s takes rooms of the factory %s, not of %s: such"
                                    + " a room could never be allowed to spend",
                            ledger.location().contract(), expected, factory));
        }
    }

    /** What stands in the way of spending, one text a data set. */
    static List<String> warnings(LedgerContract ledger, Policy policy) throws IOException {
        List<String> warnings = new ArrayList<>();
        for (Partner partner : policy.suppliers()) {
            Optional<DatasetAccount> account =
                    ledger.account(RoomConfigurations.word(partner.datasetId()));
            if (account.isEmpty()) {
                warnings.add(
                        String.format(
                                "data set %s of %s is not registered; its owner %s runs: %s",
                                partner.dataset(),
                                partner.name(),
                                partner.approver(),
                                registerCommand(policy, partner)));
            } else if (account.get().periodMillis() != policy.epochMillis()) {
                warnings.add(
                        String.format(
                                "data set %s of %s has a period of %d ms, the room's epochs are %d"
                                        + " ms: it can never be allowed; name another in the policy",
                                partner.dataset(),
                                partner.name(),
                                account.get().periodMillis(),
                                policy.epochMillis()));
            }
        }
        return warnings;
    }

    /** What the owner of a data set runs once. */
    static String registerCommand(Policy policy, Partner partner) {
        return String.format(
                "sealroom budget register --dataset %s --period %s --limit-per-period N"
                        + " --limit-for-life N --ledger %s --rpc URL --key FILE",
                partner.dataset(), Duration.ofMillis(policy.epochMillis()), policy.ledger());
    }
}
