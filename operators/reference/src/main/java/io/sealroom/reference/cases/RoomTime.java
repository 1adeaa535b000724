package io.sealroom.reference.cases;

import io.sealroom.schemas.policy.Policy;
import java.time.Duration;
import java.time.LocalTime;

/**
 * Times as a case writes them: {@code 10:30}, {@code 10:30:00.001}, on the room's first day; {@code
 * 10:30+1d} a day later.
 */
final class RoomTime {

    private RoomTime() {}

    /** Epoch milliseconds; the base policy's room starts at midnight. */
    static long read(Policy policy, String text) {
        int plus = text.indexOf('+');
        String clock = plus < 0 ? text : text.substring(0, plus);
        long days = plus < 0 ? 0 : Long.parseLong(text.substring(plus + 1, text.length() - 1));
        return policy.startMillis()
                + Duration.ofDays(days).toMillis()
                + Duration.ofNanos(LocalTime.parse(clock).toNanoOfDay()).toMillis();
    }
}
