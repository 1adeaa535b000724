package io.sealroom.privacy.attribution;

/**
 * How old a touch of one kind may be, seen from the conversion.
 *
 * @param minAgeMillis smallest age, 0 or more; a touch at the very time of the conversion is never
 *     eligible
 * @param lookBackMillis largest age, positive and not below the smallest
 */
public record LookBack(long minAgeMillis, long lookBackMillis) {

    public LookBack {
        if (minAgeMillis < 0) {
            throw new IllegalArgumentException(
                    "minAgeMillis must not be negative, got " + minAgeMillis);
        }
        if (lookBackMillis <= 0 || lookBackMillis < minAgeMillis) {
            throw new IllegalArgumentException(
                    "lookBackMillis must be positive and at least minAgeMillis, got "
                            + lookBackMillis
                            + " and "
                            + minAgeMillis);
        }
    }

    boolean isRipe(long age) {
        return age > 0 && age >= minAgeMillis;
    }

    boolean isExpired(long age) {
        return age > lookBackMillis;
    }
}
