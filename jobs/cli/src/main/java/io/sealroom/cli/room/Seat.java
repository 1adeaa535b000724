package io.sealroom.cli.room;

import io.sealroom.cli.Inputs;
import io.sealroom.cli.UsageException;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A partner of a policy, with its keys.
 *
 * @param index position in the policy
 * @param seedFile its OPRF seed of the room
 */
public record Seat(int index, Partner partner, PartnerKeys keys, Path seedFile) {

    /**
     * The partner that a key file belongs to.
     *
     * @param seedFile null: the one beside the key file
     * @throws UsageException if the file cannot be used, or the policy has no partner of its name
     *     and address
     */
    public static Seat of(Policy policy, Path keyFile, @Nullable Path seedFile) {
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
        return new Seat(
                index,
                partner,
                keys,
                seedFile == null ? KeyGeneration.seedFileBeside(keyFile, keys.name()) : seedFile);
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

    /**
     * The partner's OPRF seed in the policy's room.
     *
     * @throws UsageException if the file cannot be used, or is another partner's or room's
     */
    public SeedStore seed(Policy policy) {
        try {
            return SeedStore.open(seedFile, keys.name(), policy);
        } catch (KeyFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Inputs.unreadable(seedFile, e);
        }
    }
}
