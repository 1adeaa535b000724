package io.sealroom.partner.exchange;

/** What evidence is worth to somebody who trusts neither side. */
public sealed interface EvidenceFinding {

    /**
     * Only the partner itself can have made it, and no honest partner does.
     *
     * @param partner name
     * @param reason what it did
     */
    record Convicts(String partner, EvidenceReason reason) implements EvidenceFinding {}

    /**
     * The partner signed it, but the other side could have led an honest one to.
     *
     * @param partner name
     * @param reason what it looks like
     */
    record Inconclusive(String partner, EvidenceReason reason) implements EvidenceFinding {}

    /**
     * @param fault why it shows nothing
     */
    record Refused(Fault fault) implements EvidenceFinding {}

    /** Why records show nothing. The names are stable codes. */
    enum Fault {
        /** The accused is no partner of the policy. */
        UNKNOWN_PARTNER,
        /** Under another policy. */
        OTHER_POLICY,
        /** The public key is not the partner's in that epoch. */
        OTHER_KEY,
        /** Not the records that the reason needs. */
        UNDECODABLE,
        /** Not signed by the accused. */
        SIGNATURE,
        /** The records are not about one another. */
        UNRELATED,
        /** The records are in order. */
        IN_ORDER
    }
}
