package io.sealroom.partner.ceremony;

import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The key ceremony of a policy's room. The room is compared with the policy, the keys with what the
 * endpoint says their owners bound themselves to, and every proof of possession that it shows is
 * verified again. What that leaves to a lying endpoint stands on the package's page.
 */
public final class Ceremony {

    private final Policy policy;
    private final RoomIdentity identity;
    private final CeremonyView view;
    private boolean roomExamined;

    /**
     * @param identity where the room is
     * @param view closed by the caller
     */
    public Ceremony(Policy policy, RoomIdentity identity, CeremonyView view) {
        this.policy = policy;
        this.identity = identity;
        this.view = view;
    }

    /**
     * How far it is now.
     *
     * @throws IOException if the endpoint does not answer, or has not all that there must be
     */
    public CeremonyState check() throws IOException {
        try {
            examineRoom();
            List<CeremonyState.Missing> missing = missing();
            return missing.isEmpty() ? collect() : new CeremonyState.NotActive(missing);
        } catch (WrongChainException e) {
            return new CeremonyState.Refused(
                    CeremonyRefusal.OTHER_ROOM, String.valueOf(e.getMessage()));
        } catch (RefusedKeysException e) {
            return e.state();
        } catch (ChargeTooHighException e) {
            return new CeremonyState.Refused(
                    CeremonyRefusal.OTHER_CONFIGURATION, String.valueOf(e.getMessage()));
        } catch (UnusableKeysException e) {
            return new CeremonyState.Refused(
                    CeremonyRefusal.KEYS_UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Once: neither code nor configuration of a contract changes. */
    private void examineRoom() throws IOException, RefusedKeysException {
        if (roomExamined) {
            return;
        }
        RoomConfiguration expected = RoomConfigurations.of(policy);
        List<String> differences = ConfigurationDifferences.of(expected, view.configuration());
        if (!differences.isEmpty()) {
            throw new RefusedKeysException(
                    CeremonyRefusal.OTHER_CONFIGURATION,
                    "the room is not the policy's: " + String.join("; ", differences));
        }
        if (!view.isOfFactory()) {
            throw new RefusedKeysException(
                    CeremonyRefusal.FOREIGN_CODE,
                    "the room was not created by the factory of the policy's ledger: nobody knows"
                            + " what code it runs");
        }
        roomExamined = true;
    }

    private List<CeremonyState.Missing> missing() throws IOException {
        List<CeremonyState.Missing> missing = new ArrayList<>();
        for (int i = 0; i < policy.partners().size(); i++) {
            String partner = policy.partners().get(i).name();
            if (view.keysCommitment(i).isEmpty()) {
                missing.add(new CeremonyState.Missing(partner, CeremonyState.Step.APPROVAL));
            } else if (!view.revealed(i)) {
                missing.add(new CeremonyState.Missing(partner, CeremonyState.Step.REVEAL));
            }
        }
        return missing;
    }

    private CeremonyState collect()
            throws IOException, RefusedKeysException, UnusableKeysException {
        List<RoomEvent.KeysRevealed> revealed = view.revealedKeys();
        RevealedKeys rules = new RevealedKeys(policy, identity);
        List<List<PublicKeyShare>> keys = new ArrayList<>();
        List<String> unproven = new ArrayList<>();
        for (int i = 0; i < policy.partners().size(); i++) {
            RoomEvent.KeysRevealed event = rules.eventOf(i, revealed);
            List<PublicKeyShare> own = rules.requireBound(i, event, view.keysCommitment(i));
            if (!rules.requireProven(i, own, view.proofs(event))) {
                unproven.add(policy.partners().get(i).name());
            }
            keys.add(own);
        }
        return new CeremonyState.Complete(
                RoomPublicKeys.of(policy, keys), unproven, view.closesAt());
    }
}
