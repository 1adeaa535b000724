package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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
    private static final Set<RejectReason> SEALS =
            EnumSet.range(RejectReason.SEAL_POLICY, RejectReason.SEAL_WINDOWS);

    private final Map<Integer, Integer> alarms = new HashMap<>();

    void partitionTaken(String partner, int partition, PartitionProgress progress) {
        LOG.info(
                "Partition taken: partner {}, partition {}, {} records so far, sealed until {}.",
                partner,
                partition,
                progress.chain().count(),
                progress.sealedUntil());
    }

    /** Says so if it is a seal that was refused; other rejects are only counted. */
    void rejected(Reject reject, long sealedUntil) {
        if (!SEALS.contains(reject.reason())) {
            return;
        }
        int number = alarms.merge(reject.partition(), 1, Integer::sum);
        if (number <= ALARMS_MAX) {
            LOG.error(
                    "Seal refused: partner {}, partition {}, offset {}, reason {}. Unless it repeats"
                            + " an earlier seal, the partition stays sealed until {} and holds every"
                            + " window of the room; ask the partner to compare its ledger with the"
                            + " topic and to re-anchor.{}",
                    reject.partner(),
                    reject.partition(),
                    reject.offset(),
                    reject.reason(),
                    sealedUntil,
                    number == ALARMS_MAX ? " Further ones are only counted." : "");
        }
    }

    void sealed(int partition) {
        alarms.remove(partition);
    }
}
