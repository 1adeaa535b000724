package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines about a partner's source that somebody on call relies on. Partner, partition, offset
 * and reason; never a payload.
 */
final class SourceAlarms {

    /**
     * Alarms for one partition until it seals validly again: a hostile log cannot fill the disk.
     */
    static final int ALARMS_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SourceAlarms.class);

    private final Map<Integer, Integer> refused = new HashMap<>();
    // Apart from the others: whoever differs must not be able to hide it behind a flood of those.
    private final Map<Integer, Integer> contradictions = new HashMap<>();

    void partitionTaken(String partner, int partition, PartitionProgress progress) {
        LOG.info(
                "Partition taken: partner {}, partition {}, {} records so far, sealed until {}.",
                partner,
                partition,
                progress.chain().count(),
                progress.sealedUntil());
    }

    /** Says so if it is a seal that holds the room or contradicts another; others are counted. */
    void rejected(Reject reject, long sealedUntil) {
        if (reject.reason().holdsPartition()) {
            sealRefused(reject, sealedUntil);
        } else if (reject.reason() == RejectReason.SEAL_DIFFERS) {
            sealDiffers(reject);
        }
    }

    private void sealRefused(Reject reject, long sealedUntil) {
        int number = refused.merge(reject.partition(), 1, Integer::sum);
        if (number <= ALARMS_MAX) {
            LOG.error(
                    "Seal refused: partner {}, partition {}, offset {}, reason {}. Unless it"
                            + " repeats a seal from long ago, the partition stays sealed until {}"
                            + " and holds every window of the room; ask the partner to compare its"
                            + " ledger with the topic and to re-anchor.{}",
                    reject.partner(),
                    reject.partition(),
                    reject.offset(),
                    reject.reason(),
                    sealedUntil,
                    last(number));
        }
    }

    private void sealDiffers(Reject reject) {
        int number = contradictions.merge(reject.partition(), 1, Integer::sum);
        if (number <= ALARMS_MAX) {
            LOG.error(
                    "Seals differ: partner {}, partition {}, the seal at offset {} says something"
                            + " else than the valid one at offset {} about the same slices. The"
                            + " earlier one stands and no window waits. Unless one of the two"
                            + " re-anchors they convict the partner: keep the topic.{}",
                    reject.partner(),
                    reject.partition(),
                    reject.offset(),
                    reject.contradicts(),
                    last(number));
        }
    }

    private static String last(int number) {
        return number == ALARMS_MAX ? " Further ones are only counted." : "";
    }

    void sealed(int partition) {
        refused.remove(partition);
        contradictions.remove(partition);
    }
}
