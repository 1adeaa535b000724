package io.sealroom.privacy.attribution;

/**
 * Part of a conversion, credited to one cell.
 *
 * @param cell index in the policy's list of cells, or {@link #UNATTRIBUTED}
 * @param microUnits millionths of a conversion
 * @param value minor units
 */
public record Credit(int cell, long microUnits, long value) {

    /** The cell of conversions without an eligible touch. */
    public static final int UNATTRIBUTED = -1;

    /** A whole conversion. */
    public static final long CONVERSION_MICRO_UNITS = 1_000_000;
}
