package io.sealroom.privacy.oprf;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Answers requests with one key share: BlindEvaluate (RFC 9497 section 3.3.2) over a batch. Safe
 * for use by several threads.
 *
 * <p>It evaluates whatever it is given: who may ask, for which epoch and how often is decided
 * before. No answer must be given before every partner's proof of possession has been verified.
 */
public final class VoprfEvaluator {

    private final KeyShare share;
    private final SecureRandom random;
    private final Dleq dleq = new Dleq(OprfSuite.VOPRF);

    public VoprfEvaluator(KeyShare share) {
        this(share, new SecureRandom());
    }

    VoprfEvaluator(KeyShare share, SecureRandom random) {
        this.share = share;
        this.random = random;
    }

    public PublicKeyShare publicKey() {
        return share.publicKey();
    }

    /**
     * @throws IllegalStateException if the share has been erased
     */
    public Evaluation evaluate(BlindedElements blinded) {
        SecretScalar nonce = SecretScalar.random(random);
        try {
            return evaluate(blinded, nonce);
        } finally {
            nonce.erase();
        }
    }

    /** With a fixed proof nonce, for vectors: a nonce used twice reveals the key. */
    Evaluation evaluate(BlindedElements blinded, SecretScalar nonce) {
        List<Element> evaluated = multiply(blinded.elements(), share.secret());
        Element publicKey = share.publicKey().element();
        return new Evaluation(
                evaluated,
                dleq.prove(share.secret(), publicKey, blinded.elements(), evaluated, nonce));
    }

    static List<Element> multiply(List<Element> elements, SecretScalar secret) {
        List<ECPoint> points = elements.stream().map(Element::point).toList();
        return Element.ofAffine(
                SecretProducts.multiply(points, Collections.nCopies(points.size(), secret)));
    }
}
