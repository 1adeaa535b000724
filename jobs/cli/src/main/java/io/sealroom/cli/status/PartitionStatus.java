package io.sealroom.cli.status;

import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.RejectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a partner's events topic.
 *
 * @param partner whose
 * @param partition which
 * @param records committed records and markers in it
 * @param sealedUntil end of the last seal that stands, epoch milliseconds; the room's start without
 *     one
 * @param standing that seal, if there is one
 * @param state how it stands
 * @param since since when, epoch milliseconds; null unless the state alarms
 * @param refusal the first seal that was refused behind the standing one, if any was
 */
record PartitionStatus(
        String partner,
        int partition,
        long records,
        long sealedUntil,
        @Nullable SealTrace standing,
        PartitionState state,
        @Nullable Long since,
        @Nullable Refusal refusal) {

    /**
     * A refused seal.
     *
     * @param seal which
     * @param reason why
     */
    record Refusal(SealTrace seal, RejectReason reason) {}

    /**
     * Judges a partition. Behind more refused seals than are kept none is known to stand: it then
     * counts as refused from the first that is known.
     *
     * @param records offset behind its last record
     * @param seals its last seals by rising offset, from one that stands on or from the beginning
     * @param now wall-clock time, epoch milliseconds
     */
    static PartitionStatus of(
            Policy policy,
            String partner,
            int partition,
            long records,
            List<SealTrace> seals,
            RefusedSeals refused,
            long now) {
        SealTrace standing = null;
        Refusal refusal = null;
        for (SealTrace seal : seals) {
            RejectReason reason = refused.reason(partner, partition, seal.offset()).orElse(null);
            if (seal.genuine() && refused.mayStand(partner, partition, seal.offset())) {
                standing = seal;
                refusal = null;
            } else if (refusal == null
                    && reason != null
                    && reason.holdsPartition()
                    && seal.to() > end(policy, standing)) {
                // One that ends no later repeats what is no longer remembered: it holds nothing up.
                refusal = new Refusal(seal, reason);
            }
        }
        long sealedUntil = end(policy, standing);
        PartitionState state = PartitionState.SEALING;
        Long since = null;
        if (sealedUntil >= policy.endMillis()) {
            state = PartitionState.ENDED;
        } else if (refusal != null) {
            state = PartitionState.REFUSED;
            since = refusal.seal().writtenAt();
        } else if (policy.mode() == Mode.LIVE && now > due(policy, sealedUntil)) {
            state = PartitionState.SILENT;
            since = due(policy, sealedUntil);
        }
        return new PartitionStatus(
                partner, partition, records, sealedUntil, standing, state, since, refusal);
    }

    private static long end(Policy policy, @Nullable SealTrace standing) {
        return standing == null ? policy.startMillis() : standing.to();
    }

    /** When the next seal is late: a slice and the grace, and as much for the way. */
    private static long due(Policy policy, long sealedUntil) {
        return sealedUntil + 2 * (policy.sliceMillis() + policy.graceMillis());
    }
}
