package io.sealroom.partner.seal;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
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

/**
 * Rebuilds where a partition stands from the records it holds, after a restart. Seals are believed
 * if this partner signed them and they follow from what precedes them; events since the last seal
 * are handed out, for nothing vouches for them yet.
 */
public final class PartitionReplay {

    private final OwnSeals ownSeals;
    private final int partition;
    private final SentEvents sealedEvents;
    private final Map<EventId, Unsealed> unsealed = new LinkedHashMap<>();
    private ChainHead head;
    private ChainHead closing;
    private long sealedUntil;

    /** An event since the last seal: where it is, and the SHA-256 of its record. */
    public record Unsealed(long offset, Bytes32 valueHash) {}

    /**
     * @param start the room's start
     * @param memoryMillis how long before the last seal's end a seal may end whose events are
     *     remembered
     */
    public PartitionReplay(
            RoomIdentity identity, Partner self, int partition, long start, long memoryMillis) {
        this.ownSeals = new OwnSeals(identity, self);
        this.partition = partition;
        this.sealedEvents = new SentEvents(memoryMillis);
        this.sealedUntil = start;
        this.head = ChainHead.genesis(identity.room(), self.name(), partition, self.partitions());
        this.closing = head;
    }

    /** Takes the next record, in offset order; stops at the first difference. */
    public Optional<LedgerDifference> record(long offset, byte[] value) {
        LedgerDifference.Kind fault;
        if (Codecs.SEAL.decode(value) instanceof Decoded.Ok<Seal> ok) {
            fault = seal(ok.record()) ? null : LedgerDifference.Kind.WRONG_SEAL;
        } else if (Codecs.BLINDED_EVENT.decode(value) instanceof Decoded.Ok<BlindedEvent> ok) {
            fault =
                    event(ok.record().eventId(), offset, value)
                            ? null
                            : LedgerDifference.Kind.UNEXPECTED_RECORD;
        } else {
            fault = LedgerDifference.Kind.UNEXPECTED_RECORD;
        }
        head = head.next(value);
        return fault == null
                ? Optional.empty()
                : Optional.of(new LedgerDifference(partition, offset, fault));
    }

    private boolean seal(Seal seal) {
        if (!ownSeals.isOwn(seal, partition)
                || !OwnSeals.follows(seal, head)
                || seal.from() != sealedUntil
                || seal.to() <= seal.from()) {
            return false;
        }
        closing = head;
        sealedUntil = seal.to();
        unsealed.keySet().forEach(sealedEvents::sent);
        sealedEvents.sealed(sealedUntil);
        unsealed.clear();
        return true;
    }

    private boolean event(EventId eventId, long offset, byte[] value) {
        return !sealedEvents.contains(eventId)
                && unsealed.put(eventId, new Unsealed(offset, Digests.sha256(value))) == null;
    }

    /** End of the last seal; the room's start if there is none. */
    public long sealedUntil() {
        return sealedUntil;
    }

    /** Count and head before the last seal. */
    public ChainHead closing() {
        return closing;
    }

    /** Count and head of everything. */
    public ChainHead head() {
        return head;
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
