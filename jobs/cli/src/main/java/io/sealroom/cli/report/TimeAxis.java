package io.sealroom.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The period of a page, and its ticks: at most five, at round times in UTC.
 *
 * @param start epoch milliseconds
 * @param end after the start
 */
record TimeAxis(long start, long end) {

    private static final int TICKS_MAX = 5;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long[] STEPS = {
        1,
        10,
        100,
        SECOND,
        10 * SECOND,
        MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        28 * DAY,
        91 * DAY,
        364 * DAY
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /**
     * A tick.
     *
     * @param text below it
     * @param more in a second line; empty where it says what the tick before says
     */
    record Tick(long time, String text, String more) {}

    long length() {
        return end - start;
    }

    boolean has(long time) {
        return time >= start && time <= end;
    }

    List<Tick> ticks() {
        long step = step();
        List<Tick> ticks = new ArrayList<>();
        String before = "";
        for (OptionalLong next = first(step);
                next.isPresent() && ticks.size() <= TICKS_MAX;
                next = following(next.getAsLong(), step)) {
            ZonedDateTime time = at(next.getAsLong());
            String more = step < DAY ? day(time) : Integer.toString(time.getYear());
            ticks.add(
                    new Tick(
                            next.getAsLong(),
                            step < DAY ? clock(time, step < MINUTE) : day(time),
                            more.equals(before) ? "" : more));
            before = more;
        }
        return ticks;
    }

    private long step() {
        for (long step : STEPS) {
            if (length() / step <= TICKS_MAX) {
                return step;
            }
        }
        return length() / TICKS_MAX;
    }

    private OptionalLong first(long step) {
        long floor = Math.floorDiv(start, step) * step;
        return floor == start ? OptionalLong.of(start) : following(floor, step);
    }

    private OptionalLong following(long time, long step) {
        return time <= end - step ? OptionalLong.of(time + step) : OptionalLong.empty();
    }

    /** A window as a person reads it: the end's day only where it is another one. */
    static String window(long from, long to) {
        ZonedDateTime first = at(from);
        ZonedDateTime last = at(to);
        return first.toLocalDate().equals(last.toLocalDate())
                ? time(from) + " to " + clock(last, fine(last))
                : time(from) + " to " + time(to);
    }

    /** A time to the minute, or to what it has. */
    static String time(long millis) {
        ZonedDateTime time = at(millis);
        return time.toLocalDate() + " " + clock(time, fine(time));
    }

    /** A length in the largest unit that it is a multiple of. */
    static String length(long millis) {
        if (millis % DAY == 0) {
            return plural(millis / DAY, "day");
        }
        if (millis % HOUR == 0) {
            return plural(millis / HOUR, "hour");
        }
        return millis % MINUTE == 0
                ? plural(millis / MINUTE, "minute")
                : Duration.ofMillis(millis).toString();
    }

    /** A count of things whose plural is regular. */
    static String plural(long count, String one) {
        return count == 1 ? "1 " + one : count + " " + one + "s";
    }

    private static boolean fine(ZonedDateTime time) {
        return !time.truncatedTo(ChronoUnit.MINUTES).equals(time);
    }

    private static String clock(ZonedDateTime time, boolean fine) {
        String minutes = String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute());
        return fine
                ? String.format(
                        Locale.ROOT,
                        "%s:%02d.%03d",
                        minutes,
                        time.getSecond(),
                        time.get(java.time.temporal.ChronoField.MILLI_OF_SECOND))
                : minutes;
    }

    private static String day(ZonedDateTime time) {
        return time.getDayOfMonth() + " " + MONTHS[time.getMonthValue() - 1];
    }

    private static ZonedDateTime at(long millis) {
        return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
    }
}
