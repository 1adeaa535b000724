package io.sealroom.cli.chain;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UnavailableException;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ContractError;
import io.sealroom.contracts.RetryCause;
import io.sealroom.contracts.Word;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From what a contract or an endpoint answered to what the user should do about it. */
public final class Actions {

    private static final Map<String, String> ADVICE =
            Map.ofEntries(
                    Map.entry(
                            "NotSignedByApprover",
                            "the signature is not the approver's over this; sign what"
                                    + " --print-digest gives with the approver's key or wallet"),
                    Map.entry(
                            "KeysAlreadyBound",
                            "the partner has approved with other keys; use the key file it"
                                    + " approved with"),
                    Map.entry(
                            "KeysDiffer",
                            "the partner has approved with other keys; use the key file it"
                                    + " approved with"),
                    Map.entry(
                            "NotApproved",
                            "not every partner has approved yet; 'sealroom room show' says who"),
                    Map.entry(
                            "NothingAllowed",
                            "the room may spend nothing of the partner's data set yet; its owner"
                                    + " runs 'sealroom budget allow' first"),
                    Map.entry(
                            "EpochNotAhead",
                            "a partner can leave only from an epoch that has not begun"),
                    Map.entry("ClosesEarlier", "the room closes no later than that anyway"),
                    Map.entry(
                            "AlreadyRegistered",
                            "the owner has registered this name with another period or other"
                                    + " limits; they stand for ever, a new name is a new data set"),
                    Map.entry(
                            "NotRegistered",
                            "the sender owns no data set of this name; run 'sealroom budget"
                                    + " register' with the same key first"),
                    Map.entry("NotARoom", "the room was not created by this ledger's factory"),
                    Map.entry(
                            "ConfigurationDiffers",
                            "another room stands at this address than the one that was meant; look"
                                    + " at it with 'sealroom room show --policy'"),
                    Map.entry(
                            "PeriodDiffers",
                            "the room's epoch is not the data set's period; register a data set"
                                    + " with that period"),
                    Map.entry("AllowanceBelowSpent", "the room has spent more than that already"),
                    Map.entry(
                            "AllowancesAboveLimit",
                            "all rooms' allowances together would exceed the data set's limit for"
                                    + " life; lower another room's first"),
                    Map.entry("ZeroValue", "no limit and no period may be zero"));

    private Actions() {}

    /**
     * The transaction of something that was brought; empty if it stood before.
     *
     * @param what is brought, for messages
     * @throws RefusedException if the contract does not take it
     * @throws UnavailableException if nothing is known, or it is not in a block yet
     */
    public static Optional<Word> require(String what, ActionOutcome outcome) {
        if (outcome instanceof ActionOutcome.Recorded recorded) {
            return Optional.of(recorded.transaction());
        }
        if (outcome instanceof ActionOutcome.AlreadyRecorded) {
            return Optional.empty();
        }
        if (outcome instanceof ActionOutcome.Refused refused) {
            throw refused(what, refused.reason());
        }
        throw retry(what, ((ActionOutcome.Retry) outcome).cause());
    }

    /** Whether the chain has already what was to be brought. */
    public interface Standing {
        boolean holds() throws IOException;
    }

    /**
     * The same, for what the contract refuses a second time: that is no failure if it stands.
     *
     * @param repeats the contract's errors that a repeat may meet
     * @throws RefusedException if the contract does not take it, and it does not stand
     * @throws UnavailableException if nothing is known, or it is not in a block yet
     * @throws IOException if the endpoint does not answer
     */
    public static Optional<Word> require(
            String what, ActionOutcome outcome, Set<String> repeats, Standing standing)
            throws IOException {
        boolean stands =
                outcome instanceof ActionOutcome.Refused refused
                        && repeats.contains(refused.reason().name())
                        && standing.holds();
        return require(what, stands ? new ActionOutcome.AlreadyRecorded() : outcome);
    }

    /** The contract does not take something. */
    public static RefusedException refused(String what, ContractError reason) {
        String advice = ADVICE.get(reason.name());
        return new RefusedException(
                String.format(
                        "%s: the contract refuses with %s%s",
                        what, reason, advice == null ? "" : ": " + advice));
    }

    /** What the endpoint said is shown only where it cannot quote the URL. */
    public static UnavailableException unavailable(IOException e) {
        return new UnavailableException(
                e.getClass() == IOException.class
                        ? String.valueOf(e.getMessage())
                        : "the chain endpoint does not answer");
    }

    private static UnavailableException retry(String what, RetryCause cause) {
        return new UnavailableException(
                String.format(
                        "%s: %s; run the same command again",
                        what,
                        switch (cause) {
                            case ENDPOINT_AWAY -> "the chain endpoint does not answer";
                            case UNDERPRICED -> "the chain wants a higher fee";
                            case NONCE -> "the sending account sent something else meanwhile";
                            case FUNDS -> "the sending account cannot pay, fill it first";
                            case NOT_MINED -> "sent, and in no block within --timeout";
                            case NOT_ACTIVE -> "the room is not active yet";
                            case NOT_SENT -> "the endpoint did not take the transaction";
                        }));
    }
}
