package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.record.RecipientSecret;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.schemas.record.WindowSecrets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A scripted partner's commitments and secrets (PROTOCOL.md section 5). */
public final class TestingWindowParts {

    private final TestingRoom room;
    private final String partner;

    TestingWindowParts(TestingRoom room, String partner) {
        this.room = room;
        this.partner = partner;
    }

    /** Totals salt of a window, 32 bytes. */
    public byte[] salt(long start, long end) {
        return derive("sealroom/totals-salt/v1", start, end);
    }

    /** Noise share of a window, 32 bytes. */
    public byte[] share(long start, long end) {
        return derive("sealroom/share/v1", start, end);
    }

    /** Totals commitment of a window. */
    public Bytes32 commitment(long start, long end, List<ChainHead> closing) {
        return Totals.commitment(room.identity(), partner, start, end, closing, salt(start, end));
    }

    /** One part for every window length of the policy that ends at {@code to}. */
    public List<WindowPart> endingAt(long to, List<ChainHead> closing) {
        return room.policy().windowLengths().stream()
                .filter(length -> to % length == 0)
                .map(length -> part(to - length, to, closing))
                .toList();
    }

    /**
     * The part of one window.
     *
     * @param closing count and head of the seals that close the window, by partition
     */
    public WindowPart part(long start, long end, List<ChainHead> closing) {
        Bytes32 commitment = commitment(start, end, closing);
        Bytes32 structHash =
                Totals.structHash(partner, room.identity().policyHash(), start, end, commitment);
        byte[] signature =
                Secp256k1.sign(room.identity().digest(structHash), TestingKeys.chainKey(partner));
        byte[] share = share(start, end);
        return new WindowPart(
                start,
                end,
                commitment,
                Bytes.of(signature),
                Totals.shareCommitment(room.identity(), partner, start, end, share),
                secrets(start, end, share));
    }

    private List<RecipientSecret> secrets(long start, long end, byte[] share) {
        byte[] plaintext = new byte[WindowSecrets.PLAINTEXT_LENGTH];
        byte[] salt = salt(start, end);
        System.arraycopy(salt, 0, plaintext, 0, salt.length);
        System.arraycopy(share, 0, plaintext, salt.length, share.length);
        byte[] aad = WindowSecrets.aad(room.policy().room(), partner, start, end);
        return room.policy().recipients().stream()
                .map(
                        recipient ->
                                WindowSecrets.seal(
                                        recipient.name(),
                                        recipient.hpkePublicKey(),
                                        aad,
                                        plaintext))
                .toList();
    }

    private byte[] derive(String tag, long start, long end) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TestingKeys.noiseSeed(partner), "HmacSHA256"));
            return mac.doFinal(
                    Lp.of(Lp.text(tag), Lp.text(room.policy().room()), Lp.u64(start), Lp.u64(end)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
