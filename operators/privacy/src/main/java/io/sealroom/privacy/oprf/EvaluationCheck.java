package io.sealroom.privacy.oprf;

/**
 * VerifyProof (RFC 9497 section 2.2.2) for somebody who holds a request and its answer and none of
 * the requester's secrets: a third party that is shown a wrong evaluation.
 */
public final class EvaluationCheck {

    private EvaluationCheck() {}

    /** Whether the evaluation answers the elements, under the key that is the partner's. */
    public static boolean holds(
            BlindedElements blinded, PublicKeyShare key, Evaluation evaluation) {
        return new Dleq(OprfSuite.VOPRF)
                .verify(
                        key.element(),
                        blinded.elements(),
                        evaluation.elements(),
                        evaluation.proof());
    }
}
