package io.sealroom.privacy.oprf;

/** Why a well-formed answer is refused. The names are stable codes. */
public enum EvaluationRefusal {
    /** Another number of elements than was asked. */
    WRONG_SIZE,
    /**
     * The proof does not show that every element was evaluated under the partner's published key.
     * Tokens from it would match nothing, or would tag a person with a key of their own.
     */
    PROOF_INVALID
}
