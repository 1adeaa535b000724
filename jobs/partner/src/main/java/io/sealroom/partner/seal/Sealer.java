package io.sealroom.partner.seal;

import io.sealroom.privacy.secret.ChainKey;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.policy.Auditor;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Composes a partner's seals. Everything but the ciphertexts of window secrets follows from the
 * arguments; those are encrypted afresh, so a seal is composed once and its bytes are kept.
 */
public final class Sealer {

    private final RoomIdentity identity;
    private final Policy policy;
    private final Partner self;
    private final ChainKey key;
    private final WindowShares shares;

    /**
     * @param self the partner of the policy that the keys belong to
     */
    public Sealer(RoomIdentity identity, Policy policy, Partner self, PartnerKeys keys) {
        this.identity = identity;
        this.policy = policy;
        this.self = self;
        this.key = keys.chain();
        this.shares = new WindowShares(keys.noiseSeed(), policy.room());
    }

    /**
     * The seal of one partition.
     *
     * @param partition which one
     * @param from end of the seal before, or the room's start
     * @param to end of the last slice, exclusive
     * @param closing count and head before the seal of this step, for every partition
     * @throws IllegalArgumentException if the bounds break a rule of PROTOCOL.md section 5
     */
    public Seal seal(int partition, long from, long to, List<ChainHead> closing) {
        requireBounds(from, to);
        if (closing.size() != self.partitions()) {
            throw new IllegalArgumentException(
                    String.format(
                            "closing must have one head of each of the %d partitions, got %d",
                            self.partitions(), closing.size()));
        }
        return signed(
                partition,
                from,
                to,
                closing.get(partition),
                false,
                partition == 0 ? windowParts(to, closing) : List.of());
    }

    /**
     * The re-anchoring seal of one partition. It follows from its arguments alone.
     *
     * @param from end of the last seal that nodes take, or the room's start
     * @param to end of the last slice, exclusive; may lie beyond an end of a window
     * @param held count and head of what the partition holds
     * @throws IllegalArgumentException if the bounds break a rule of PROTOCOL.md section 5
     */
    public Seal reanchoring(int partition, long from, long to, ChainHead held) {
        requireSlices(from, to);
        return signed(partition, from, to, held, true, List.of());
    }

    private Seal signed(
            int partition,
            long from,
            long to,
            ChainHead before,
            boolean reanchor,
            List<WindowPart> windows) {
        Seal unsigned =
                new Seal(
                        partition,
                        from,
                        to,
                        before.count(),
                        before.head(),
                        identity.policyHash(),
                        reanchor,
                        windows,
                        Bytes.EMPTY);
        Bytes32 structHash = unsigned.structHash(self.name(), self.partitions());
        return unsigned.signed(key.sign(identity.digest(structHash)));
    }

    /** One part for each window length that ends a window at {@code to}, in rising order. */
    private List<WindowPart> windowParts(long to, List<ChainHead> closing) {
        return policy.windowLengths().stream()
                .filter(length -> Math.floorMod(to, length) == 0)
                .map(length -> windowPart(to - length, to, closing))
                .toList();
    }

    private WindowPart windowPart(long start, long end, List<ChainHead> closing) {
        SecretBytes totalsSalt = shares.totalsSalt(start, end);
        SecretBytes noiseShare = shares.share(start, end);
        byte[] salt = totalsSalt.openSecret();
        byte[] share = noiseShare.openSecret();
        byte[] plaintext =
                ByteBuffer.allocate(WindowSecrets.PLAINTEXT_LENGTH).put(salt).put(share).array();
        try {
            Bytes32 commitment =
                    Totals.commitment(identity, self.name(), start, end, closing, salt);
            Bytes32 structHash =
                    Totals.structHash(self.name(), identity.policyHash(), start, end, commitment);
            byte[] aad = WindowSecrets.aad(policy.room(), self.name(), start, end);
            return new WindowPart(
                    start,
                    end,
                    commitment,
                    key.sign(identity.digest(structHash)),
                    Totals.shareCommitment(identity, self.name(), start, end, share),
                    policy.recipients().stream()
                            .map(recipient -> secret(recipient, aad, plaintext))
                            .toList());
        } finally {
            Arrays.fill(salt, (byte) 0);
            Arrays.fill(share, (byte) 0);
            Arrays.fill(plaintext, (byte) 0);
            totalsSalt.erase();
            noiseShare.erase();
        }
    }

    private static RecipientSecret secret(Auditor recipient, byte[] aad, byte[] plaintext) {
        return WindowSecrets.seal(recipient.name(), recipient.hpkePublicKey(), aad, plaintext);
    }

    private void requireBounds(long from, long to) {
        requireSlices(from, to);
        long shortest = policy.windowLengths().get(0);
        if (Math.floorDiv(from, shortest) != Math.floorDiv(to - 1, shortest)) {
            throw new IllegalArgumentException(
                    String.format(
                            "[from, to) must be slices of one shortest window, got [%d, %d)",
                            from, to));
        }
    }

    private void requireSlices(long from, long to) {
        long slice = policy.sliceMillis();
        boolean valid =
                from < to
                        && from >= policy.startMillis()
                        && to <= policy.endMillis()
                        && Math.floorMod(from, slice) == 0
                        && Math.floorMod(to, slice) == 0;
        if (!valid) {
            throw new IllegalArgumentException(
                    String.format("[from, to) must be slices in the room, got [%d, %d)", from, to));
        }
    }
}
