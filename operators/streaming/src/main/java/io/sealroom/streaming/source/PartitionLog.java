package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.privacy.seal.StandingSeal;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.Reject;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Seal;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.flow.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition, record by record, in offset order: every record enters the chain head and becomes
 * exactly one of event, verdict or reject.
 *
 * <p>An invalid seal is a reject and moves nothing but the chain head: the partition stays where
 * its last valid seal left it, and so holds the room, until a valid one follows. Events behind it
 * are judged against the unmoved seal. A seal of slices that are sealed already holds nothing: it
 * is repeated or, if it differs, kept as evidence. State: {@link #progress()} and nothing else.
 */
public final class PartitionLog {

    /**
     * Longest record that is decoded. The largest seal that the schema's bounds allow, with every
     * list cut into blocks of one, is shorter.
     */
    public static final int RECORD_BYTES_MAX = 1 << 18;

    private static final byte[] EMPTY = new byte[0];

    private final PartnerTopic topic;
    private final int partition;
    private final EventRules eventRules;
    private final SealRules sealRules;
    private PartitionProgress progress;

    /**
     * @throws IllegalArgumentException if the partner's topic has no such partition
     */
    public PartitionLog(PartnerTopic topic, int partition, PartitionProgress progress) {
        if (partition < 0 || partition >= topic.partitions()) {
            throw new IllegalArgumentException(
                    String.format(
                            "partition must be in [0, %d), got %d", topic.partitions(), partition));
        }
        this.topic = topic;
        this.partition = partition;
        this.eventRules = new EventRules(topic);
        this.sealRules = new SealRules(topic, partition);
        this.progress = progress;
    }

    /** Everything that has to be kept to go on from here. */
    public PartitionProgress progress() {
        return progress;
    }

    /**
     * Takes the next record. Never throws, whatever the bytes.
     *
     * @param offset goes into a reject; gaps (transaction markers) are normal
     * @param value the record's value; null counts as empty
     */
    public SourceRecord take(long offset, byte @Nullable [] value) {
        byte[] bytes = value == null ? EMPTY : value;
        Bytes32 hash = Digests.sha256(bytes);
        PartitionProgress before = progress;
        progress = before.withRecord(hash);
        if (bytes.length > RECORD_BYTES_MAX) {
            return reject(offset, RejectReason.OVERSIZE);
        }
        return Codecs.SEAL.matches(bytes)
                ? takeSeal(offset, bytes, before)
                : takeEvent(offset, bytes, hash, before);
    }

    private SourceRecord takeEvent(
            long offset, byte[] bytes, Bytes32 hash, PartitionProgress before) {
        Decoded<BlindedEvent> decoded = Codecs.BLINDED_EVENT.decode(bytes);
        if (decoded instanceof Decoded.Refused<BlindedEvent> refused) {
            return reject(offset, reason(refused.fault()));
        }
        BlindedEvent event = ((Decoded.Ok<BlindedEvent>) decoded).record();
        Optional<RejectReason> refusal = eventRules.refusal(event, before);
        return refusal.isPresent()
                ? reject(offset, refusal.get())
                : SourceRecord.of(eventRules.admitted(event, hash), eventRules.older(event));
    }

    private SourceRecord takeSeal(long offset, byte[] bytes, PartitionProgress before) {
        Decoded<Seal> decoded = Codecs.SEAL.decode(bytes);
        if (decoded instanceof Decoded.Refused<Seal> refused) {
            return reject(offset, reason(refused.fault()));
        }
        Seal seal = ((Decoded.Ok<Seal>) decoded).record();
        Optional<RejectReason> refusal = sealRules.refusal(seal, before);
        if (refusal.isPresent()) {
            return refusal.get() == RejectReason.SEAL_DIFFERS
                    ? contradiction(offset, seal, before)
                    : reject(offset, refusal.get());
        }
        progress = progress.withSeal(sealRules.standing(seal, offset));
        return SourceRecord.of(
                new Verdict(
                        topic.index(),
                        partition,
                        seal.from(),
                        seal.to(),
                        seal.count(),
                        seal.head(),
                        seal.reanchor(),
                        bytes));
    }

    private SourceRecord contradiction(long offset, Seal seal, PartitionProgress before) {
        Long standing =
                before.standingOver(seal.from(), seal.to()).map(StandingSeal::offset).orElseThrow();
        return SourceRecord.of(
                new Reject(
                        topic.partnerName(),
                        partition,
                        offset,
                        RejectReason.SEAL_DIFFERS,
                        standing));
    }

    private SourceRecord reject(long offset, RejectReason reason) {
        return SourceRecord.of(new Reject(topic.partnerName(), partition, offset, reason));
    }

    private static RejectReason reason(Decoded.Fault fault) {
        return switch (fault) {
            case UNDECODABLE -> RejectReason.UNDECODABLE;
            case UNKNOWN_SCHEMA -> RejectReason.UNKNOWN_SCHEMA;
            case TRAILING_BYTES -> RejectReason.TRAILING_BYTES;
        };
    }
}
