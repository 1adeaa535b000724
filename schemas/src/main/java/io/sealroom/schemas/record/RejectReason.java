package io.sealroom.schemas.record;

/**
 * Why a record of an events topic did not enter the computation. The names are stable codes; a
 * reason depends only on the record and its own partner's stream.
 */
public enum RejectReason {
    /** Not single-object Avro, cut short, or a field beyond its bound. */
    UNDECODABLE,
    /** Single-object encoding of a schema that events topics do not carry. */
    UNKNOWN_SCHEMA,
    /** Bytes after the record. */
    TRAILING_BYTES,
    /** Larger than any valid record. */
    OVERSIZE,
    /** The event's epoch is not that of its time. */
    WRONG_EPOCH,
    /** Not one token for an exposure, K + 1 for a conversion. */
    WRONG_TOKEN_COUNT,
    /** The all-zero token in slot 0. */
    ZERO_TOKEN,
    /** Before the room's start or after its end. */
    OUTSIDE_ROOM,
    /** Before the end of the partition's last valid seal. */
    LATE,
    /** Further ahead of the partition's last valid seal than the policy allows. */
    TOO_EARLY,
    /** An exposure without a cell, or with one the policy does not list. */
    UNKNOWN_CELL,
    /** A conversion with a cell. */
    CELL_ON_CONVERSION,
    /** An exposure with a value. */
    VALUE_ON_EXPOSURE,
    /** A conversion without a value. */
    MISSING_VALUE,
    /** A negative value. */
    NEGATIVE_VALUE,
    /** A seal under another policy. */
    SEAL_POLICY,
    /** A seal that names another partition. */
    SEAL_PARTITION,
    /** A seal that the partner did not sign. */
    SEAL_SIGNATURE,
    /**
     * A seal that does not begin where the last valid one ended, and covers no slice of a seal that
     * is still remembered.
     */
    SEAL_ORDER,
    /** A seal whose bounds are not slices, cross a window's end or leave the room. */
    SEAL_SLICE,
    /** A seal that states another number of records than precede it. */
    SEAL_COUNT,
    /** A seal that states another chain head than that of the records before it. */
    SEAL_HEAD,
    /** A seal with missing or surplus window parts. */
    SEAL_WINDOWS,
    /** A seal that says again what a valid one said: its writer sent it twice. Does no harm. */
    SEAL_REPEATED,
    /** A signed seal that says something else about slices that a valid one covers: evidence. */
    SEAL_DIFFERS;

    /** Whether it is seals that are refused for it, and nothing else. */
    public boolean isOfSeal() {
        return compareTo(SEAL_POLICY) >= 0;
    }

    /** Whether the partition goes on waiting for the seal that the refused one was to be. */
    public boolean holdsPartition() {
        return isOfSeal() && this != SEAL_REPEATED && this != SEAL_DIFFERS;
    }
}
