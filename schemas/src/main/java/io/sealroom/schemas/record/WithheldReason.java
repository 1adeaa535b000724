package io.sealroom.schemas.record;

/** Why a window of a query is never released. The names are stable codes. */
public enum WithheldReason {
    /** Not every partition of every partner closed the window with a valid seal. */
    INCOMPLETE,
    /** A partition was re-anchored within the window. */
    BROKEN,
    /** A totals commitment without its partner's signature. */
    TOTALS_SIGNATURE,
    /** A totals commitment that the seals do not open. */
    TOTALS_COMMITMENT,
    /** A noise share that is not the committed one. */
    SHARE_COMMITMENT,
    /** Totals salt and share could not be decrypted by this node. */
    SECRETS,
    /** Two partners gave the same noise share. */
    DUPLICATE_SHARE,
    /** The chain holds another hash for this window and query. */
    CONFLICT,
    /** The contract refused it. */
    REFUSED,
    /** The privacy budget cannot pay for it. */
    BUDGET
}
