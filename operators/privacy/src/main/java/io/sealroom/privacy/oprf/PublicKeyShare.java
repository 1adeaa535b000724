package io.sealroom.privacy.oprf;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;

/**
 * One partner's public key pk(i, e) of one epoch. Well formed; whether its owner knows the secret
 * key is for the {@link ProofOfPossession} to show, before anything is evaluated.
 */
public final class PublicKeyShare {

    /** Bytes of a compressed point. */
    public static final int LENGTH = P256.ELEMENT_LENGTH;

    private final Element element;

    PublicKeyShare(Element element) {
        this.element = element;
    }

    /** Never throws on bytes. */
    public static Checked<PublicKeyShare> decode(Bytes bytes) {
        return Element.decode(bytes).map(PublicKeyShare::new);
    }

    /**
     * From the affine coordinates that stand on chain, big-endian. Never throws on words.
     *
     * @param x first word
     * @param y second word
     */
    public static Checked<PublicKeyShare> ofWords(Bytes32 x, Bytes32 y) {
        return Element.ofWords(x, y).map(PublicKeyShare::new);
    }

    /** 33 bytes. */
    public Bytes encoded() {
        return element.encoded();
    }

    /** First word of the key on chain. */
    public Bytes32 x() {
        return element.x();
    }

    /** Second word of the key on chain. */
    public Bytes32 y() {
        return element.y();
    }

    Element element() {
        return element;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKeyShare that && element.equals(that.element);
    }

    @Override
    public int hashCode() {
        return element.hashCode();
    }

    @Override
    public String toString() {
        return "PublicKeyShare[" + encoded() + "]";
    }
}
