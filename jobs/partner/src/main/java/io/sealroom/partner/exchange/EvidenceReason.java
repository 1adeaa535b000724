package io.sealroom.partner.exchange;

/** What a partner did under its own signature. The names are stable codes. */
public enum EvidenceReason {
    /** An evaluation whose proof does not hold for the partner's public key. */
    PROOF_INVALID,
    /** An evaluation that is not well-formed, or not of as many elements as were asked. */
    MALFORMED,
    /** A reply that names a request and another epoch than that request does. */
    OTHER_EPOCH,
    /**
     * A reply that names another request than the one with its id. Alone it convicts nobody: the
     * requester may have signed both.
     */
    OTHER_REQUEST,
    /** Two replies to one request that cannot both be true. */
    CONTRADICTION,
    /** Two requests under one id. */
    ID_REUSED
}
