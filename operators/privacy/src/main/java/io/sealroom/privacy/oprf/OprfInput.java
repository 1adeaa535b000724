package io.sealroom.privacy.oprf;

import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import java.util.Arrays;

/**
 * What is hashed to the curve (PROTOCOL.md section 6): {@code lp("sealroom/oprf-input/v1", room,
 * u64 epoch, identifier kind, normalised identifier)}. Room and epoch make tokens of one person in
 * two rooms or epochs unlinkable even under one key; the kind keeps an e-mail from ever meeting a
 * phone number.
 */
public final class OprfInput {

    private static final byte[] TAG = Lp.text("sealroom/oprf-input/v1");

    private final SecretBytes bytes;
    private final long epoch;

    private OprfInput(SecretBytes bytes, long epoch) {
        this.bytes = bytes;
        this.epoch = epoch;
    }

    /**
     * @param room room id
     * @param epoch index of the epoch whose key is to be used
     * @throws IllegalArgumentException if the room id or the epoch breaks its rule
     */
    public static OprfInput of(String room, long epoch, NormalisedIdentifier identifier) {
        byte[] text = identifier.openUtf8();
        byte[] input =
                Lp.of(
                        TAG,
                        Lp.text(RoomNames.requireRoom(room)),
                        Lp.u64(RoomNames.requireEpoch(epoch)),
                        Lp.text(identifier.kind().name()),
                        text);
        OprfInput result = ofBytes(input, epoch);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(input, (byte) 0);
        return result;
    }

    /** Any bytes, for the RFC's vectors. */
    static OprfInput ofBytes(byte[] input, long epoch) {
        return new OprfInput(SecretBytes.copyOf(input), epoch);
    }

    public long epoch() {
        return epoch;
    }

    byte[] openSecret() {
        return bytes.openSecret();
    }

    @Override
    public String toString() {
        return "OprfInput[epoch " + epoch + ", redacted]";
    }
}
