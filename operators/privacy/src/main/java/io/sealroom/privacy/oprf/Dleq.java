package io.sealroom.privacy.oprf;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Batched proofs that {@code k} in {@code publicKey = k * G} is also the {@code k} of every {@code
 * evaluated[i] = k * blinded[i]} (RFC 9497 section 2.2).
 */
final class Dleq {

    private static final byte[] COMPOSITE = OprfSuite.ascii("Composite");
    private static final byte[] CHALLENGE = OprfSuite.ascii("Challenge");

    private final OprfSuite suite;

    Dleq(OprfSuite suite) {
        this.suite = suite;
    }

    /**
     * GenerateProof, with ComputeCompositesFast.
     *
     * @param nonce used once: two proofs under one nonce reveal the key
     */
    DleqProof prove(
            SecretScalar key,
            Element publicKey,
            List<Element> blinded,
            List<Element> evaluated,
            SecretScalar nonce) {
        BigInteger[] weights = weights(publicKey, blinded, evaluated);
        ECPoint m = MultiScalar.sum(points(blinded), weights).normalize();
        if (m.isInfinity()) {
            // A requester that has had the elements evaluated before can search for weights that
            // add up to nothing. It gains no proof by it.
            throw new IllegalStateException("the composite of a batch must not be the identity");
        }
        List<ECPoint> products =
                SecretProducts.multiply(List.of(m, P256.GENERATOR, m), List.of(key, nonce, nonce));
        ECPoint z = products.get(0);
        ECPoint t2 = products.get(1);
        ECPoint t3 = products.get(2);
        BigInteger c = challenge(publicKey, m, z, t2, t3);
        // s = r - c * k
        return new DleqProof(c, nonce.plusProduct(P256.ORDER.subtract(c), key));
    }

    /** VerifyProof, with ComputeComposites. */
    boolean verify(
            Element publicKey, List<Element> blinded, List<Element> evaluated, DleqProof proof) {
        if (blinded.isEmpty() || blinded.size() != evaluated.size()) {
            return false;
        }
        BigInteger[] weights = weights(publicKey, blinded, evaluated);
        ECPoint m = MultiScalar.sum(points(blinded), weights);
        ECPoint z = MultiScalar.sum(points(evaluated), weights);
        if (m.isInfinity() || z.isInfinity()) {
            return false;
        }
        ECPoint t2 = P256.sumWithGenerator(proof.s(), publicKey.point(), proof.c());
        ECPoint t3 = P256.sum(m, proof.s(), z, proof.c());
        if (t2.isInfinity() || t3.isInfinity()) {
            return false;
        }
        return challenge(publicKey, m, z, t2, t3).equals(proof.c());
    }

    private BigInteger challenge(Element publicKey, ECPoint m, ECPoint z, ECPoint t2, ECPoint t3) {
        OprfSuite.Transcript transcript = new OprfSuite.Transcript().field(publicKey.encoded());
        for (Element element : Element.normaliseAll(new ECPoint[] {m, z, t2, t3})) {
            transcript.field(element.encoded());
        }
        return suite.hashToScalar(transcript.raw(CHALLENGE).bytes());
    }

    /**
     * The d(i) of ComputeComposites: they bind the proof to every element and its place, but no
     * element to another: see what the package does not guarantee.
     */
    private BigInteger[] weights(
            Element publicKey, List<Element> blinded, List<Element> evaluated) {
        byte[] seed = suite.compositeSeed(publicKey);
        BigInteger[] weights = new BigInteger[blinded.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] =
                    suite.hashToScalar(
                            new OprfSuite.Transcript()
                                    .field(seed)
                                    .number(i)
                                    .field(blinded.get(i).encoded())
                                    .field(evaluated.get(i).encoded())
                                    .raw(COMPOSITE)
                                    .bytes());
        }
        return weights;
    }

    private static List<ECPoint> points(List<Element> elements) {
        return elements.stream().map(Element::point).toList();
    }
}
