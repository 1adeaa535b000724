package io.sealroom.cli.audit;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UnavailableException;
import io.sealroom.pipeline.NodeSettings;
import io.sealroom.pipeline.Replay;
import io.sealroom.pipeline.ReplayCounts;
import io.sealroom.pipeline.ReplayListener;
import io.sealroom.pipeline.ReplayRefusedException;
import java.io.IOException;
import java.util.Map;

/** The one class here that brings Flink in, so that other commands do not load it. */
final class AuditReplay {

    private AuditReplay() {}

    /**
     * Replays.
     *
     * @return counts by partner
     * @throws UnavailableException if Kafka does not answer
     * @throws RefusedException if the topics cannot be replayed under the policy
     */
    static Map<String, ReplayCounts> run(
            NodeSettings settings,
            AuditorOptions.Recipient recipient,
            int parallelism,
            ReplayListener listener) {
        String keys = recipient.keys().toString();
        Replay replay =
                recipient.auditor()
                        ? Replay.asAuditor(settings, keys, parallelism)
                        : Replay.asNode(settings, keys, parallelism);
        try {
            return replay.run(listener);
        } catch (ReplayRefusedException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UnavailableException("Kafka did not give what is to be replayed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }
}
