package io.sealroom.cli.audit;

import io.sealroom.cli.UsageException;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is audited: windows that lie in [from, to).
 *
 * @param from epoch milliseconds
 * @param to epoch milliseconds, exclusive
 */
record Period(long from, long to) {

    /**
     * @param from null for the room's start
     * @param to null for the room's end
     * @throws UsageException if no window of the policy lies within
     */
    static Period of(Policy policy, @Nullable Instant from, @Nullable Instant to) {
        Period period =
                new Period(
                        from == null ? policy.startMillis() : from.toEpochMilli(),
                        to == null ? policy.endMillis() : to.toEpochMilli());
        if (period.windows(policy).isEmpty()) {
            throw new UsageException(
                    String.format(
                            "no window of the room, which is open from %s to %s, lies within --from"
                                    + " and --to",
                            Instant.ofEpochMilli(policy.startMillis()),
                            Instant.ofEpochMilli(policy.endMillis())));
        }
        return period;
    }

    boolean contains(long start, long end) {
        return from <= start && end <= to;
    }

    /** By time, then in policy order. */
    List<AuditedWindow> windows(Policy policy) {
        List<AuditedWindow> windows = new ArrayList<>();
        for (Query query : policy.queries()) {
            long length = query.windowMillis();
            long first = Math.max(from, policy.startMillis());
            long start = Math.floorDiv(first + length - 1, length) * length;
            for (; start + length <= Math.min(to, policy.endMillis()); start += length) {
                windows.add(new AuditedWindow(query, start));
            }
        }
        windows.sort(
                Comparator.comparingLong(AuditedWindow::start)
                        .thenComparingLong(AuditedWindow::end));
        return windows;
    }
}
