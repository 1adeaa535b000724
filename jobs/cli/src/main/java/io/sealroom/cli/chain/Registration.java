package io.sealroom.cli.chain;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UnavailableException;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What an owner registers a data set with. It stands for ever, so that the same again changes
 * nothing.
 *
 * @param name what the contract knows its name by
 */
public record Registration(Word name, long periodMillis, long limitPerPeriod, long limitForLife) {

    /**
     * Brings it; empty if it stood before.
     *
     * @param owner who sends to the ledger
     * @throws RefusedException if the contract does not take it, as where the owner has registered
     *     the name with something else
     * @throws UnavailableException if nothing is known, or it is not in a block yet
     * @throws IOException if the endpoint does not answer
     */
    public Optional<Word> bring(LedgerContract ledger, Account owner) throws IOException {
        ActionOutcome outcome = ledger.register(name, periodMillis, limitPerPeriod, limitForLife);
        return Actions.require(
                "registration",
                outcome,
                Set.of("AlreadyRegistered"),
                () -> stands(ledger, RoomDigests.dataset(owner, name)));
    }

    private boolean stands(LedgerContract ledger, Word dataset) throws IOException {
        return ledger.account(dataset)
                .filter(
                        account ->
                                account.periodMillis() == periodMillis
                                        && account.limitPerPeriod() == limitPerPeriod
                                        && account.limitForLife() == limitForLife)
                .isPresent();
    }
}
