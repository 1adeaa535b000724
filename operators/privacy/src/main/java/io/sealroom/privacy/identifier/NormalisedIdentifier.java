package io.sealroom.privacy.identifier;

import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.record.IdentifierKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An identifier in normal form: only {@link IdentifierNormaliser} makes one. As secret as a key;
 * its text is redacted. It may serve as the key of a map in memory.
 */
public final class NormalisedIdentifier {

    private final IdentifierKind kind;
    private final SecretBytes utf8;

    NormalisedIdentifier(IdentifierKind kind, String text) {
        this.kind = kind;
        this.utf8 = SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    public IdentifierKind kind() {
        return kind;
    }

    /** The identifier itself, a copy: for the OPRF input and the partner's own token cache only. */
    public byte[] openUtf8() {
        return utf8.openSecret();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalisedIdentifier that
                && kind == that.kind
                && utf8.equals(that.utf8);
    }

    /** From the contents: in memory only, and never shown. */
    @Override
    public int hashCode() {
        byte[] opened = utf8.openSecret();
        return 31 * kind.hashCode() + Arrays.hashCode(opened);
    }

    @Override
    public String toString() {
        return "NormalisedIdentifier[" + kind + ", redacted]";
    }
}
