package io.sealroom.contracts;

/** Why something may succeed later, unchanged. */
public enum RetryCause {
    /** No answer, or one that is no answer. */
    ENDPOINT_AWAY,
    /** The fee offered is too low for the chain, or for replacing a transaction. */
    UNDERPRICED,
    /** The sender's number was used up meanwhile. */
    NONCE,
    /** The sending key cannot pay; someone has to fill it. */
    FUNDS,
    /** Sent, and not in a block yet (or no longer, after a reorganisation). */
    NOT_MINED,
    /** Not all partners have approved the room and revealed their keys yet. */
    NOT_ACTIVE,
    /** The endpoint refused to take the transaction for a reason this client does not know. */
    NOT_SENT
}
