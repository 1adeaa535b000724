package io.sealroom.cli.audit;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import io.sealroom.streaming.source.PartitionLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seals of one partition, judged in offset order as the source judges them: how far the valid
 * ones reach, and which was refused behind them.
 */
final class SealTrail {

    /** Refused seals that are kept; whoever writes the topic can make as many as it likes. */
    static final int REFUSED_MAX = 16;

    private final PartnerTopic topic;
    private final int partition;
    private final PartitionLog log;
    private final List<Refused> refused = new ArrayList<>();
    private final List<Refused> contradicting = new ArrayList<>();

    /** Offsets of valid seals that re-anchor; the room's slices bound their number. */
    private final Set<Long> reanchoring = new HashSet<>();

    private @Nullable Long lastGood;
    private @Nullable Refused holding;

    SealTrail(PartnerTopic topic, int partition) {
        this.topic = topic;
        this.partition = partition;
        this.log = new PartitionLog(topic, partition, PartitionProgress.start(topic, partition));
    }

    /**
     * A seal that was refused.
     *
     * @param offset of its record
     */
    record Refused(String partner, int partition, long offset, RejectReason reason) {

        @Override
        public String toString() {
            return String.format(
                    "seal of %s, partition %d, offset %d (%s)", partner, partition, offset, reason);
        }
    }

    /** Takes the next record. */
    void take(long offset, byte @Nullable [] value) {
        long sealedBefore = log.progress().sealedUntil();
        SourceRecord record = log.take(offset, value);
        Reject reject = record.reject();
        Verdict verdict = record.verdict();
        if (verdict != null) {
            lastGood = offset;
            holding = null;
            if (verdict.reanchor()) {
                reanchoring.add(offset);
            }
        } else if (reject != null && value != null && reject.reason().isOfSeal()) {
            Refused seal = new Refused(topic.partnerName(), partition, offset, reject.reason());
            keep(refused, seal);
            if (isEvidence(reject, value)) {
                keep(contradicting, seal);
            }
            if (holding == null && isOfLaterSlices(value, sealedBefore)) {
                holding = seal;
            }
        }
    }

    private static void keep(List<Refused> seals, Refused seal) {
        if (seals.size() < REFUSED_MAX) {
            seals.add(seal);
        }
    }

    /** An honest partner may re-anchor over what it sealed before: see PROTOCOL.md section 5. */
    private boolean isEvidence(Reject reject, byte[] value) {
        return reject.reason() == RejectReason.SEAL_DIFFERS
                && !reanchoring.contains(reject.contradicts())
                && Codecs.SEAL.decode(value).toOptional().filter(Seal::reanchor).isEmpty();
    }

    /** One of slices that are sealed already repeats or contradicts, and holds nothing up. */
    private static boolean isOfLaterSlices(byte[] value, long sealedUntil) {
        return Codecs.SEAL
                .decode(value)
                .toOptional()
                .filter(seal -> seal.from() >= sealedUntil)
                .isPresent();
    }

    /** End of the last valid seal. */
    long sealedUntil() {
        return log.progress().sealedUntil();
    }

    /** Where the partition stands: behind its last good seal, at the first refused one after it. */
    Place place() {
        return new Place(
                topic.partnerName(),
                partition,
                lastGood,
                holding == null ? null : holding.offset());
    }

    /** What is wrong, or that nothing more came. */
    String says() {
        String behind =
                lastGood == null ? "no valid seal at all" : "the last valid seal at " + lastGood;
        return holding == null
                ? String.format("%s, and no other after it", behind)
                : String.format(
                        "the seal at offset %d is refused (%s), %s: a record between them was"
                                + " altered, lost or added",
                        holding.offset(), holding.reason(), behind);
    }

    /** The first refused ones. */
    List<Refused> refused() {
        return List.copyOf(refused);
    }

    /**
     * The first with which the partner contradicts a seal of its own that stands; kept apart, so
     * that no number of others hides them.
     */
    List<Refused> contradicting() {
        return List.copyOf(contradicting);
    }
}
