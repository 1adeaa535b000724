package io.sealroom.partner.seal;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.privacy.seal.SealRules;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.Seal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds where a partition stands from the records it holds, after a restart. Seals are judged as
 * nodes judge them; events since the last valid one are handed out, for nothing vouches for them
 * yet.
 *
 * <p>The first record that this partner's agent would not have left there is a difference, and
 * stays one until a valid re-anchoring seal follows: by that the partner has accepted what the
 * partition holds.
 */
public final class PartitionReplay {

    private final OwnSeals ownSeals;
    private final SealRules sealRules;
    private final int partition;
    private final long end;
    private final SentEvents sealedEvents;
    private final Map<EventId, Unsealed> unsealed = new LinkedHashMap<>();
    private PartitionProgress progress;
    private ChainHead closing;
    private long lastSealOffset = -1;
    private long ownSealedUntil;
    private long unsealedUntil;
    private @Nullable LedgerDifference difference;

    /** An event since the last seal: where it is, and the SHA-256 of its record. */
    public record Unsealed(long offset, Bytes32 valueHash) {}

    /**
     * @param memoryMillis how long before the last seal's end a seal may end whose events are
     *     remembered
     */
    public PartitionReplay(PartnerTopic topic, int partition, long memoryMillis) {
        this.ownSeals = new OwnSeals(topic.identity(), topic.partner());
        this.sealRules = new SealRules(topic, partition);
        this.partition = partition;
        this.end = topic.policy().endMillis();
        this.sealedEvents = new SentEvents(memoryMillis);
        this.progress = PartitionProgress.start(topic, partition);
        this.closing = progress.chain();
        this.ownSealedUntil = progress.sealedUntil();
        this.unsealedUntil = progress.sealedUntil();
    }

    /** Takes the next record, in offset order. */
    public void record(long offset, byte[] value) {
        PartitionProgress before = progress;
        progress = before.withRecord(Digests.sha256(value));
        if (Codecs.SEAL.decode(value) instanceof Decoded.Ok<Seal> ok) {
            seal(ok.record(), offset, before);
        } else if (Codecs.BLINDED_EVENT.decode(value) instanceof Decoded.Ok<BlindedEvent> ok) {
            event(ok.record(), offset, value);
        } else {
            differs(offset, LedgerDifference.Kind.UNEXPECTED_RECORD);
        }
    }

    private void seal(Seal seal, long offset, PartitionProgress before) {
        if (sealRules.refusal(seal, before).isPresent()) {
            differs(offset, LedgerDifference.Kind.WRONG_SEAL);
            if (seal.to() <= end && ownSeals.isOwn(seal, partition)) {
                ownSealedUntil = Math.max(ownSealedUntil, seal.to());
            }
            return;
        }
        closing = before.chain();
        lastSealOffset = offset;
        progress = progress.withSeal(sealRules.standing(seal, offset));
        ownSealedUntil = Math.max(ownSealedUntil, seal.to());
        unsealedUntil = seal.to();
        unsealed.keySet().forEach(sealedEvents::sent);
        sealedEvents.sealed(seal.to());
        unsealed.clear();
        if (seal.reanchor()) {
            difference = null;
        }
    }

    private void event(BlindedEvent event, long offset, byte[] value) {
        if (event.eventTime() < end) {
            unsealedUntil = Math.max(unsealedUntil, event.eventTime() + 1);
        }
        if (sealedEvents.contains(event.eventId())
                || unsealed.put(event.eventId(), new Unsealed(offset, Digests.sha256(value)))
                        != null) {
            differs(offset, LedgerDifference.Kind.UNEXPECTED_RECORD);
        }
    }

    private void differs(long offset, LedgerDifference.Kind kind) {
        if (difference == null) {
            difference = new LedgerDifference(partition, offset, kind);
        }
    }

    /**
     * The first difference that no re-anchoring seal follows; none in a partition that is sealed
     * whole, or whoever writes behind its last seal would keep the others from theirs.
     */
    public Optional<LedgerDifference> difference() {
        return isWhole() ? Optional.empty() : Optional.ofNullable(difference);
    }

    /** Whether it is sealed to the room's end: nothing that follows is anybody's concern. */
    public boolean isWhole() {
        return progress.sealedUntil() >= end;
    }

    /** End of the last seal that nodes take; the room's start if there is none. */
    public long sealedUntil() {
        return progress.sealedUntil();
    }

    /** Offset of that seal; -1 if there is none. */
    public long lastSealOffset() {
        return lastSealOffset;
    }

    /**
     * Until when this partner has signed seals that are here, those too that nodes refuse: their
     * writer thought them good, and went on.
     */
    public long ownSealedUntil() {
        return ownSealedUntil;
    }

    /**
     * Just after the latest event of the room that follows the last valid seal; its end if none.
     */
    public long unsealedUntil() {
        return unsealedUntil;
    }

    /** Count and head before the last seal. */
    public ChainHead closing() {
        return closing;
    }

    /** Count and head of everything. */
    public ChainHead head() {
        return progress.chain();
    }

    /** How far nodes have taken the partition when they have read all of it. */
    public PartitionProgress progress() {
        return progress;
    }

    /** Events that a seal covers, as far as they are remembered. */
    public Set<EventId> sealedEvents() {
        return new HashSet<>(sealedEvents.remembered());
    }

    /** All events that are remembered, sealed or not, to be gone on with by one caller. */
    public SentEvents sentEvents() {
        unsealed.keySet().forEach(sealedEvents::sent);
        return sealedEvents;
    }

    /** Events since the last seal, in offset order. */
    public Map<EventId, Unsealed> unsealedEvents() {
        return new HashMap<>(unsealed);
    }
}
