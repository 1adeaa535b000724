package io.sealroom.local.campaign;

/**
 * Numbers of a fixed width, without the cost of {@link String#format} a few hundred thousand times.
 */
final class Digits {

    private Digits() {}

    /** The decimal digits of a value, filled up with zeros on the left to at least this width. */
    static String of(int width, int value) {
        String digits = Integer.toString(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
