package io.sealroom.partner.exchange;

/** Why bytes on a requests topic get no reply at all. The names are stable codes. */
public enum RequestRefusal {
    /** Not an evaluation request. */
    UNDECODABLE,
    /** For another evaluator. */
    OTHER_EVALUATOR,
    /** From nobody of this room, or from this partner itself. */
    UNKNOWN_REQUESTER,
    /** Under another policy. */
    OTHER_POLICY,
    /** Not signed by the requester it names. */
    SIGNATURE
}
