package io.sealroom.partner.seal;

/**
 * Where the own topic holds something else than this agent wrote.
 *
 * @param partition of the own events topic
 * @param offset of the first record that differs
 * @param kind what is different
 */
public record LedgerDifference(int partition, long offset, Kind kind) {

    /** Stable codes. */
    public enum Kind {
        /** A record that this agent did not write. */
        UNEXPECTED_RECORD,
        /** Another value than was acknowledged under this offset. */
        OTHER_VALUE,
        /** An acknowledged record that is not there. */
        MISSING_RECORD,
        /** A seal that does not follow from the records before it. */
        WRONG_SEAL
    }
}
