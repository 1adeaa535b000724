package io.sealroom.partner.tokenise;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far bulk work is.
 *
 * @param done lines of the base whose token is there, or which have none
 * @param total lines of the base
 * @param linesPerSecond of the last group
 * @param left at that rate; null while nothing is known of it
 */
public record BulkProgress(long done, long total, double linesPerSecond, @Nullable Duration left) {

    static BulkProgress of(long done, long total, long linesOfGroup, long nanosOfGroup) {
        double perSecond = linesOfGroup * 1e9 / Math.max(1, nanosOfGroup);
        Duration left =
                perSecond > 0
                        ? Duration.ofSeconds((long) Math.ceil((total - done) / perSecond))
                        : null;
        return new BulkProgress(done, total, perSecond, left);
    }

    /** For people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%d of %d lines, %.0f a second%s",
                done,
                total,
                linesPerSecond,
                left == null ? "" : ", about " + left.toSeconds() + " s left");
    }
}
