package io.sealroom.cli.status;

/** How a partition stands. */
enum PartitionState {
    /** Sealed to the room's end. */
    ENDED,
    /** Sealed as far as it is due; in a room of files, not yet to the end. */
    SEALING,
    /** No seal since one was due. */
    SILENT,
    /** A seal was refused, and no valid one followed: the partner has to mend its log. */
    REFUSED;

    /** Whether somebody has to look at it. */
    boolean alarms() {
        return this == SILENT || this == REFUSED;
    }
}
