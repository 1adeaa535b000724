package io.sealroom.streaming.release;

import io.sealroom.privacy.noise.NoiseShare;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.policy.Auditor;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.schemas.release.TotalsEntry;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a window may be released: the verdicts of all partners that supply events, whatever a
 * query names, must be complete, and each partner's totals commitment, salt and share must be those
 * it signed. Pure: two nodes, and a node and its replay, come to the same outcome.
 */
final class VerdictRules {

    private static final int SALT_LENGTH = WindowSecrets.PLAINTEXT_LENGTH / 2;

    private final Policy policy;
    private final RoomIdentity identity;
    private final String recipient;
    private final SecretBytes privateKey;

    /**
     * @param recipient node or auditor in whose name secrets are opened
     * @param privateKey its X25519 key, kept for as long as this is
     * @throws IllegalArgumentException if the policy has no such recipient, or another key for it
     */
    VerdictRules(Policy policy, RoomIdentity identity, String recipient, SecretBytes privateKey) {
        this.policy = policy;
        this.identity = identity;
        this.recipient = recipient;
        this.privateKey = privateKey;
        Bytes32 publicKey = withKey(WindowSecrets::publicKey);
        boolean known = policy.recipients().contains(new Auditor(recipient, publicKey));
        if (!known) {
            throw new IllegalArgumentException(
                    String.format(
                            "%s must be a node or auditor of the policy, with the HPKE key whose"
                                    + " public part stands there",
                            recipient));
        }
    }

    /** Where the covers of a window come from. */
    @FunctionalInterface
    interface Covers {
        /** The cover of a partition; null if it gave no verdict. */
        @Nullable PartitionCover of(int partner, int partition) throws Exception;
    }

    /**
     * Judges one window.
     *
     * @param start start of the window
     * @param end end of the window, exclusive
     * @throws Exception only what {@code covers} throws
     */
    WindowOutcome judge(long start, long end, Covers covers) throws Exception {
        List<List<PartitionCover>> suppliers = new ArrayList<>();
        WindowOutcome.@Nullable Refused incomplete = null;
        for (int partner = 0; partner < policy.partners().size(); partner++) {
            Partner supplier = policy.partners().get(partner);
            List<PartitionCover> partitions = new ArrayList<>();
            for (int partition = 0; partition < supplier.partitions(); partition++) {
                PartitionCover cover = covers.of(partner, partition);
                if (cover != null && cover.broken()) {
                    // Before INCOMPLETE: no later verdict can mend it.
                    return new WindowOutcome.Refused(
                            WithheldReason.BROKEN, supplier.name(), partition);
                }
                if (cover != null && cover.closes(start, end)) {
                    partitions.add(cover);
                } else if (incomplete == null) {
                    incomplete =
                            new WindowOutcome.Refused(
                                    WithheldReason.INCOMPLETE, supplier.name(), partition);
                }
            }
            if (supplier.supplies()) {
                suppliers.add(partitions);
            }
        }
        return incomplete != null ? incomplete : open(start, end, suppliers);
    }

    /** Judges the totals of a window whose verdicts are complete. */
    private WindowOutcome open(long start, long end, List<List<PartitionCover>> covers) {
        List<List<ChainHead>> heads = new ArrayList<>();
        List<NoiseShare> shares = new ArrayList<>();
        List<TotalsEntry> totals = new ArrayList<>();
        List<byte[]> secrets = new ArrayList<>();
        for (int i = 0; i < covers.size(); i++) {
            Partner partner = policy.suppliers().get(i);
            List<ChainHead> closing =
                    covers.get(i).stream().map(PartitionCover::chainHead).toList();
            Optional<WindowPart> part = part(covers.get(i).get(0), start, end);
            if (part.isEmpty()) {
                return new WindowOutcome.Refused(WithheldReason.INCOMPLETE, partner.name(), 0);
            }
            if (!signed(partner, part.get())) {
                return refused(WithheldReason.TOTALS_SIGNATURE, partner);
            }
            Optional<byte[]> plaintext = plaintext(partner, part.get());
            if (plaintext.isEmpty()) {
                return refused(WithheldReason.SECRETS, partner);
            }
            byte[] salt = Arrays.copyOf(plaintext.get(), SALT_LENGTH);
            byte[] share =
                    Arrays.copyOfRange(
                            plaintext.get(), SALT_LENGTH, WindowSecrets.PLAINTEXT_LENGTH);
            if (!Totals.commitment(identity, partner.name(), start, end, closing, salt)
                    .equals(part.get().commitment())) {
                return refused(WithheldReason.TOTALS_COMMITMENT, partner);
            }
            if (!Totals.shareCommitment(identity, partner.name(), start, end, share)
                    .equals(part.get().shareCommitment())) {
                return refused(WithheldReason.SHARE_COMMITMENT, partner);
            }
            if (secrets.stream().anyMatch(other -> MessageDigest.isEqual(other, share))) {
                // Which of the two copied cannot be told.
                return new WindowOutcome.Refused(WithheldReason.DUPLICATE_SHARE, null, null);
            }
            secrets.add(share);
            heads.add(closing);
            shares.add(new NoiseShare(partner.address(), share));
            totals.add(
                    new TotalsEntry(
                            partner.name(),
                            part.get().commitment(),
                            part.get().commitmentSignature()));
        }
        return new WindowInputs(heads, shares, totals);
    }

    private static WindowOutcome refused(WithheldReason reason, Partner partner) {
        return new WindowOutcome.Refused(reason, partner.name(), null);
    }

    /** The part of exactly this window in the seal of partition 0 that closes it. */
    private static Optional<WindowPart> part(PartitionCover closing, long start, long end) {
        Optional<Seal> seal = Codecs.SEAL.decode(closing.seal()).toOptional();
        return seal.stream()
                .flatMap(it -> it.windows().stream())
                .filter(part -> part.start() == start && part.end() == end)
                .findFirst();
    }

    private boolean signed(Partner partner, WindowPart part) {
        return Secp256k1.recover(
                        identity.digest(
                                Totals.structHash(
                                        partner.name(),
                                        identity.policyHash(),
                                        part.start(),
                                        part.end(),
                                        part.commitment())),
                        part.commitmentSignature().toBytes())
                .filter(partner.address()::equals)
                .isPresent();
    }

    private Optional<byte[]> plaintext(Partner partner, WindowPart part) {
        byte[] aad = WindowSecrets.aad(identity.room(), partner.name(), part.start(), part.end());
        return part.secrets().stream()
                .filter(secret -> secret.recipient().equals(recipient))
                .findFirst()
                .flatMap(secret -> withKey(key -> WindowSecrets.open(secret, key, aad)));
    }

    private <T> T withKey(Function<byte[], T> use) {
        byte[] key = privateKey.openSecret();
        try {
            return use.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "VerdictRules[" + recipient + ", redacted]";
    }
}
