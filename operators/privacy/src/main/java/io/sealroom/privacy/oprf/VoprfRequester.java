package io.sealroom.privacy.oprf;

import io.sealroom.schemas.record.Token;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Turns inputs into tokens with the help of all partners: Blind (RFC 9497 section 3.3.1),
 * VerifyProof for each partner, and Finalize (section 3.3.2) over the sum of their evaluations.
 * Since the joint key is the sum of the shares, the tokens are exactly the RFC's outputs for the
 * joint key. Safe for use by several threads.
 */
public final class VoprfRequester {

    /** Bytes of an e-mail's input, about. */
    private static final int PADDING_LENGTH = 96;

    private final SecureRandom random;
    private final OprfSuite suite = OprfSuite.VOPRF;
    private final Dleq dleq = new Dleq(suite);

    public VoprfRequester() {
        this(new SecureRandom());
    }

    VoprfRequester(SecureRandom random) {
        this.random = random;
    }

    /** A batch without padding. */
    public BlindedBatch blind(List<OprfInput> inputs) {
        return blind(inputs, inputs.size());
    }

    /**
     * Blinds every input afresh and pads with random elements.
     *
     * @param inputs of one epoch; may be empty, for a batch of nothing but padding
     * @param size elements of the batch, 1 to {@link BlindedElements#SIZE_MAX}, at least the inputs
     * @throws IllegalArgumentException if the size breaks its rule or epochs are mixed
     */
    public BlindedBatch blind(List<OprfInput> inputs, int size) {
        if (size < 1 || size > BlindedElements.SIZE_MAX || size < inputs.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "size must be in [1, %d] and at least the %d inputs, got %d",
                            BlindedElements.SIZE_MAX, inputs.size(), size));
        }
        if (inputs.stream().mapToLong(OprfInput::epoch).distinct().count() > 1) {
            throw new IllegalArgumentException("the inputs of a batch must share one epoch");
        }
        List<SecretScalar> blinds = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            blinds.add(SecretScalar.random(random));
        }
        return blind(inputs, blinds);
    }

    /** With fixed blinds, for vectors; those beyond the inputs make padding. */
    BlindedBatch blind(List<OprfInput> inputs, List<SecretScalar> blinds) {
        List<byte[]> hashed = new ArrayList<>(blinds.size());
        inputs.forEach(input -> hashed.add(input.openSecret()));
        while (hashed.size() < blinds.size()) {
            // Padding goes all the way of an input: a batch leaves after the same time however
            // many of its elements are padding.
            hashed.add(padding());
        }
        List<ECPoint> points = SecretProducts.multiply(suite.hashToGroup(hashed), blinds);
        hashed.forEach(input -> Arrays.fill(input, (byte) 0));
        return new BlindedBatch(inputs, blinds, new BlindedElements(Element.ofAffine(points)));
    }

    /**
     * Judges one partner's answer, as it arrives.
     *
     * @param partnerIndex whose answer it is
     */
    public EvaluationOutcome verify(
            BlindedBatch batch, PartnerKeys keys, int partnerIndex, Evaluation evaluation) {
        PublicKeyShare key = keys.key(partnerIndex);
        List<Element> blinded = batch.elements().elements();
        if (evaluation.size() != blinded.size()) {
            return new EvaluationOutcome.Refused(partnerIndex, EvaluationRefusal.WRONG_SIZE);
        }
        if (!dleq.verify(key.element(), blinded, evaluation.elements(), evaluation.proof())) {
            return new EvaluationOutcome.Refused(partnerIndex, EvaluationRefusal.PROOF_INVALID);
        }
        return new EvaluationOutcome.Verified(
                new VerifiedEvaluation(batch.elements(), key, evaluation.elements()));
    }

    private byte[] padding() {
        byte[] padding = new byte[PADDING_LENGTH];
        random.nextBytes(padding);
        return padding;
    }

    /**
     * Adds, unblinds and finalizes. Padding too, whose result is thrown away: an evaluator sees
     * when the batch after this one leaves, and would learn how many inputs this one had.
     *
     * @param verified one of every partner, in the order of the keys
     * @return a token for each input, in the order of the inputs
     * @throws IllegalArgumentException if an answer is missing, out of place or of another batch
     * @throws IllegalStateException if the batch has been erased
     */
    public List<Token> combine(
            BlindedBatch batch, PartnerKeys keys, List<VerifiedEvaluation> verified) {
        requireComplete(batch, keys, verified);
        int inputs = batch.inputCount();
        ECPoint[] evaluated = new ECPoint[batch.elements().size()];
        List<SecretScalar> inverses = new ArrayList<>(evaluated.length);
        for (int i = 0; i < evaluated.length; i++) {
            ECPoint sum = P256.CURVE.getInfinity();
            for (VerifiedEvaluation evaluation : verified) {
                sum = sum.add(evaluation.elements().get(i).point());
            }
            evaluated[i] = sum;
            inverses.add(batch.blinds().get(i).inverse());
        }
        P256.CURVE.normalizeAll(evaluated);
        List<Element> elements =
                Element.ofAffine(SecretProducts.multiply(Arrays.asList(evaluated), inverses));
        inverses.forEach(SecretScalar::erase);
        List<Token> tokens = new ArrayList<>(evaluated.length);
        for (int i = 0; i < evaluated.length; i++) {
            byte[] input = i < inputs ? batch.inputs().get(i).openSecret() : padding();
            tokens.add(suite.finalizeHash(input, elements.get(i)));
            Arrays.fill(input, (byte) 0);
        }
        return List.copyOf(tokens.subList(0, inputs));
    }

    /**
     * Verifies all answers and combines them; the first that does not hold refuses the batch.
     *
     * @param evaluations one of every partner, in the order of the keys
     */
    public TokensOutcome tokens(
            BlindedBatch batch, PartnerKeys keys, List<Evaluation> evaluations) {
        if (evaluations.size() != keys.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "evaluations must be one of each of the %d partners, got %d",
                            keys.size(), evaluations.size()));
        }
        List<VerifiedEvaluation> verified = new ArrayList<>(evaluations.size());
        for (int i = 0; i < evaluations.size(); i++) {
            EvaluationOutcome outcome = verify(batch, keys, i, evaluations.get(i));
            if (outcome instanceof EvaluationOutcome.Refused refused) {
                return new TokensOutcome.Refused(refused.partnerIndex(), refused.reason());
            }
            verified.add(((EvaluationOutcome.Verified) outcome).evaluation());
        }
        return new TokensOutcome.Tokens(combine(batch, keys, verified));
    }

    private static void requireComplete(
            BlindedBatch batch, PartnerKeys keys, List<VerifiedEvaluation> verified) {
        if (verified.size() != keys.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            "verified must have one answer of each of the %d partners, got %d",
                            keys.size(), verified.size()));
        }
        for (int i = 0; i < verified.size(); i++) {
            if (!verified.get(i).answers(batch.elements())
                    || !verified.get(i).key().equals(keys.key(i))) {
                throw new IllegalArgumentException(
                        "verified must be in the order of the keys and of this batch; not so is "
                                + i);
            }
        }
    }
}
