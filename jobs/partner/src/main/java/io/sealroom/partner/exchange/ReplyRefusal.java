package io.sealroom.partner.exchange;

/** Why a reply is not used. The names are stable codes. */
public enum ReplyRefusal {
    /** Not an evaluation reply. */
    UNDECODABLE,
    /** Answers nothing that is still open: a repetition, or another's request. */
    UNKNOWN_REQUEST,
    /** Not from the evaluator whose topic it is on, or not for this partner. */
    OTHER_PARTIES,
    /** Under another policy. */
    OTHER_POLICY,
    /** For another epoch than was asked. */
    OTHER_EPOCH,
    /** Names another request than the one with its id. */
    OTHER_REQUEST,
    /** Not signed by the evaluator. */
    SIGNATURE,
    /** Elements or proof are not well-formed, or not as many as were asked. */
    MALFORMED,
    /** The proof does not hold for the evaluator's public key. */
    PROOF_INVALID,
    /** Says something else than the evaluator's signed reply to the same request before. */
    CONTRADICTION
}
