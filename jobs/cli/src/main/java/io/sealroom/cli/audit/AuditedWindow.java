package io.sealroom.cli.audit;

import io.sealroom.schemas.policy.Query;
import java.time.Instant;

/** A window of a query. */
record AuditedWindow(Query query, long start) {

    long end() {
        return start + query.windowMillis();
    }

    @Override
    public String toString() {
        return String.format(
                "%s/%s %s", Instant.ofEpochMilli(start), Instant.ofEpochMilli(end()), query.name());
    }
}
