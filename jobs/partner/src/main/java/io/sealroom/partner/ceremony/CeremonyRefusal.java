package io.sealroom.partner.ceremony;

/** Why a room's keys are not used, now or ever. The names are stable codes. */
public enum CeremonyRefusal {
    /** The endpoint is of another chain, or there is no room, or one of another policy. */
    OTHER_ROOM,
    /** The room was created with something else than the policy says. */
    OTHER_CONFIGURATION,
    /** The ledger's factory did not create it: nobody knows what code it runs. */
    FOREIGN_CODE,
    /** A partner has not one key for each epoch. */
    KEY_COUNT,
    /** A key is no point of the curve, or the identity. */
    KEY_NO_POINT,
    /** The keys are not those that the partner bound itself to. */
    OTHER_KEYS,
    /** There is not one proof of possession for each key. */
    PROOF_COUNT,
    /** A proof of possession does not hold: its owner may have made the key out of the others. */
    NO_PROOF,
    /** The partners' keys of an epoch repeat or add up to nothing. */
    KEYS_UNUSABLE
}
