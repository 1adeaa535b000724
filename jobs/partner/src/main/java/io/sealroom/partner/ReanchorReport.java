package io.sealroom.partner;

import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.partner.seal.ReanchorPlan;
import io.sealroom.partner.topic.Damage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a partner reads before it decides: times, counts, offsets and codes, and no content. */
final class ReanchorReport {

    private static final int DIFFERENCES_SHOWN = 10;

    private ReanchorReport() {}

    /** One line for each partition. */
    static List<String> partitions(List<PartitionReplay> replays) {
        List<String> lines = new ArrayList<>();
        for (int partition = 0; partition < replays.size(); partition++) {
            PartitionReplay replay = replays.get(partition);
            String refused =
                    replay.ownSealedUntil() > replay.sealedUntil()
                            ? "; nodes refuse own seals until " + time(replay.ownSealedUntil())
                            : "";
            lines.add(
                    String.format(
                            "partition %d: %d records, sealed until %s%s",
                            partition, replay.head().count(), time(replay.sealedUntil()), refused));
        }
        return lines;
    }

    /** What is wrong with a partition. */
    static List<String> damage(Damage damage) {
        List<String> lines = new ArrayList<>();
        List<LedgerDifference> differences = damage.differences();
        if (differences.isEmpty()) {
            lines.add(
                    String.format(
                            "partition %d: named on the command line, or its re-anchoring was"
                                    + " begun before",
                            damage.partition()));
        }
        differences.stream()
                .limit(DIFFERENCES_SHOWN)
                .forEach(
                        found ->
                                lines.add(
                                        String.format(
                                                "partition %d, offset %d: %s",
                                                found.partition(), found.offset(), found.kind())));
        if (differences.size() > DIFFERENCES_SHOWN) {
            lines.add(
                    String.format(
                            "partition %d: %d more",
                            damage.partition(), differences.size() - DIFFERENCES_SHOWN));
        }
        return lines;
    }

    /** What it costs. */
    static List<String> plan(ReanchorPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        "slices given up: from %s to %s", time(plan.from()), time(plan.to())));
        for (ReanchorPlan.Withheld windows : plan.withheld()) {
            lines.add(
                    String.format(
                            "withheld as BROKEN: %d windows of %s, from %s to %s",
                            windows.windows(),
                            Duration.ofMillis(windows.windowMillis()),
                            time(windows.from()),
                            time(windows.to())));
        }
        return lines;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
