package io.sealroom.privacy.oprf;

/** Why bytes from another party are not what they claim to be. The names are stable codes. */
public enum EncodingRefusal {
    /** Too short, or trailing bytes: two encodings of one value would have different hashes. */
    WRONG_LENGTH,
    /** First byte of an element is neither 2 nor 3: a second, uncompressed or hybrid, encoding. */
    BAD_PREFIX,
    /** The identity: its evaluation is the identity under every key, so the token is a constant. */
    IDENTITY,
    /** x is not below the field prime: a second encoding of another element. */
    X_NOT_CANONICAL,
    /**
     * No point of the curve has this x: arithmetic would go on in a group with small subgroups and
     * leak the key.
     */
    OFF_CURVE,
    /** The scalar zero: maps every element to the identity. */
    SCALAR_ZERO,
    /** The scalar is not below the order: a second encoding of another scalar. */
    SCALAR_NOT_CANONICAL,
    /** A batch without elements has no proof. */
    BATCH_EMPTY,
    /** More elements than {@link BlindedElements#SIZE_MAX}. */
    BATCH_TOO_LARGE,
    /** A room without partners has no key. */
    KEYS_EMPTY,
    /** Two partners with one key: the second was copied, not generated. */
    KEY_REPEATED,
    /** The keys add up to the identity: every token would be a constant known to all. */
    KEYS_CANCEL
}
