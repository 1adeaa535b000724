package io.sealroom.cli.status;

import io.sealroom.schemas.record.Withheld;
import org.jspecify.annotations.Nullable;

/**
 * How far a node is.
 *
 * @param node its name
 * @param computedUntil end of the newest window it computed, epoch milliseconds; null without any
 * @param releasedUntil end of the newest window it released
 * @param withheld the newest window it withheld
 */
record NodeStatus(
        String node,
        @Nullable Long computedUntil,
        @Nullable Long releasedUntil,
        @Nullable Withheld withheld) {}
