package io.sealroom.cli.room;

import io.sealroom.cli.Inputs;
import io.sealroom.cli.UsageException;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A partner of a policy, with its keys.
 *
 * @param index position in the policy
 */
public record Seat(int index, Partner partner, PartnerKeys keys) {

    /**
     * The partner that a key file belongs to.
     *
     * @throws UsageException if the file cannot be used, or the policy has no partner of its name
     *     and address
     */
    public static Seat of(Policy policy, Path keyFile) {
        PartnerKeys keys = read(keyFile);
        int index =
                policy.partnerIndex(keys.name())
                        .orElseThrow(
                                () ->
                                        new UsageException(
                                                String.format(
                                                        "the policy has no partner %s, whose keys"
                                                                + " these are",
                                                        keys.name())));
        Partner partner = policy.partners().get(index);
        if (!partner.address().equals(keys.address())) {
            throw new UsageException(
                    String.format(
                            "the key file's address is %s, the policy has %s for %s",
                            keys.address(), partner.address(), keys.name()));
        }
        return new Seat(index, partner, keys);
    }

    private static PartnerKeys read(Path file) {
        try {
            return PartnerKeys.read(file);
        } catch (KeyFileException e) {
            // It says the file and the rule, never a value.
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    /** Whether the partner approves with the key that its agent signs with. */
    public boolean approvesItself() {
        return partner.approver().equals(partner.address());
    }
}
