package io.sealroom.cli.audit;

import io.sealroom.cli.kafka.CommittedTopics;
import io.sealroom.pipeline.ReplayCounts;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how far the replay has come. While it stands still Kafka is asked whether it is there, since
 * the replay itself would wait for it without end.
 */
final class AuditProgress {

    private final PrintWriter err;
    private final CommittedTopics log;
    private final Duration timeout;
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final String anyTopic;
    private String said = "";
    private long changed = System.nanoTime();

    /**
     * @param log asked now for the ends of all events topics
     * @param timeout for which the replay may stand still before Kafka is asked
     */
    AuditProgress(PrintWriter err, CommittedTopics log, Policy policy, Duration timeout) {
        this.err = err;
        this.log = log;
        this.timeout = timeout;
        for (Partner partner : policy.suppliers()) {
            ends.put(partner.name(), log.ends(Topics.events(policy.room(), partner.name())));
        }
        anyTopic = Topics.events(policy.room(), policy.suppliers().get(0).name());
    }

    /**
     * Prints the counts if they have changed.
     *
     * @throws io.sealroom.cli.UnavailableException if they have not for long, and Kafka is away
     */
    void say(Map<String, ReplayCounts> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach(
                (partner, count) ->
                        parts.add(
                                String.format(
                                        "%d of about %d records of %s",
                                        count.records(), ends.getOrDefault(partner, 0L), partner)));
        String line = String.join(", ", parts);
        if (!line.equals(said)) {
            said = line;
            changed = System.nanoTime();
            err.printf("sealroom audit: read %s%n", line);
            err.flush();
        } else if (System.nanoTime() - changed > timeout.toNanos()) {
            log.end(anyTopic, 0);
            changed = System.nanoTime();
        }
    }
}
