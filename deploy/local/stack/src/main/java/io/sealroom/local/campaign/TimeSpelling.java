package io.sealroom.local.campaign;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * Writes an instant in one of the three ways a file may use: epoch milliseconds, ISO 8601 in UTC or
 * with an offset.
 */
final class TimeSpelling {

    private static final ZoneOffset[] OFFSETS = {
        ZoneOffset.ofHours(-5), ZoneOffset.ofHours(1), ZoneOffset.ofHoursMinutes(5, 30)
    };

    private TimeSpelling() {}

    static String of(long millis, SplittableRandom random) {
        int way = random.nextInt(4);
        if (way == 0) {
            return Long.toString(millis);
        }
        ZoneOffset offset = way == 1 ? OFFSETS[random.nextInt(OFFSETS.length)] : ZoneOffset.UTC;
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(millis).atOffset(offset));
    }
}
