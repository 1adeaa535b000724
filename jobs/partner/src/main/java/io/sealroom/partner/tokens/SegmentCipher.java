package io.sealroom.partner.tokens;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over the frames of one file. The nonce is the frame's place in the file, and the
 * place stands in the associated data too, with room, partner, epoch and file: a frame moved
 * anywhere else does not open.
 *
 * <p>A nonce must never serve twice under one key. Only the process that drew the file's id at
 * random writes to it, each place once: what a crash leaves behind is never written on.
 */
final class SegmentCipher {

    static final int TAG_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;

    private final SecretKeySpec key;
    private final byte[] context;

    SegmentCipher(SecretBytes key, byte[] context) {
        byte[] opened = key.openSecret();
        this.key = new SecretKeySpec(opened, "AES");
        Arrays.fill(opened, (byte) 0);
        this.context = context.clone();
    }

    byte[] seal(long place, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, place).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /** Nothing if the bytes are not what was sealed for this place. */
    Optional<byte[]> open(long place, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, place).doFinal(sealed));
        } catch (AEADBadTagException changed) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, long place) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE_LENGTH).putLong(Integer.BYTES, place).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(Lp.of(context, Lp.u64(place)));
        return cipher;
    }
}
