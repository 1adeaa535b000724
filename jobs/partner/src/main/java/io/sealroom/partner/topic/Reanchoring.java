package io.sealroom.partner.topic;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.OwnSeals;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.partner.seal.PendingReanchoring;
import io.sealroom.partner.seal.ReanchorPlan;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.seal.Sealer;
import io.sealroom.partner.seal.StoredStep;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * Which partitions of the own topic are damaged, and the seals that let them go on. Such a seal
 * vouches for whatever the partition holds, so that it is made when the partner asks for it and
 * never by itself: an agent that did it alone would hide that somebody tampers with its topic.
 *
 * <ol>
 *   <li>All seals are composed and stored; from here on no agent of this partner goes on before
 *       they are sent.
 *   <li>They are sent. After a crash the stored bytes are sent, never new ones, unless the
 *       partition has changed once more: then nodes would refuse them.
 * </ol>
 */
public final class Reanchoring {

    private final Membership member;
    private final OwnSeals ownSeals;
    private final SealStore store;
    private final List<PartitionReplay> replays;
    private final Optional<StoredStep> step;
    private final PendingReanchoring pending;

    /**
     * @param replays by partition
     * @throws AgentException if the state directory cannot be read
     */
    public Reanchoring(Membership member, SealStore store, List<PartitionReplay> replays)
            throws AgentException {
        this.member = member;
        this.ownSeals = new OwnSeals(member.identity(), member.self());
        this.store = store;
        this.replays = List.copyOf(replays);
        try {
            this.step = store.load();
            this.pending =
                    new PendingReanchoring(
                            store.loadReanchoring(),
                            ownSeals,
                            replays.stream().map(PartitionReplay::progress).toList());
        } catch (IOException e) {
            throw AgentException.badInput("state: %s", e);
        }
    }

    /**
     * Partitions that can only go on re-anchored; never one that is sealed to the room's end, of
     * which nothing more is asked.
     *
     * @param noted differences that only a journal shows
     * @param named partitions that the partner takes for damaged
     */
    public List<Damage> damages(List<LedgerDifference> noted, Set<Integer> named) {
        List<Damage> damages = new ArrayList<>();
        for (int partition = 0; partition < replays.size(); partition++) {
            PartitionReplay replay = replays.get(partition);
            List<LedgerDifference> differences = new ArrayList<>();
            replay.difference().ifPresent(differences::add);
            if (differences.isEmpty()) {
                storedSealDiffers(partition, replay).ifPresent(differences::add);
            }
            for (LedgerDifference difference : noted) {
                if (difference.partition() == partition) {
                    differences.add(difference);
                }
            }
            boolean damaged =
                    !differences.isEmpty()
                            || named.contains(partition)
                            || pending.begun().contains(partition);
            if (damaged && !replay.isWhole()) {
                damages.add(new Damage(partition, replay, differences));
            }
        }
        return damages;
    }

    /**
     * A seal that was stored and no longer says what precedes it; or one of which the seals that
     * preceded it are gone.
     */
    private Optional<LedgerDifference> storedSealDiffers(int partition, PartitionReplay replay) {
        Optional<Seal> stored =
                step.stream()
                        .flatMap(it -> it.seals().stream())
                        .flatMap(value -> Codecs.SEAL.decode(value.toBytes()).toOptional().stream())
                        .filter(seal -> ownSeals.isOwn(seal, partition))
                        .filter(seal -> seal.from() >= replay.sealedUntil())
                        .findFirst();
        return stored.filter(
                        seal ->
                                seal.from() > replay.sealedUntil()
                                        || !OwnSeals.follows(seal, replay.head()))
                .map(seal -> difference(partition, seal, replay));
    }

    /** The place is not known better than: behind the last good seal. */
    private static LedgerDifference difference(int partition, Seal stored, PartitionReplay replay) {
        int more = Long.compare(replay.head().count(), stored.count());
        LedgerDifference.Kind kind =
                more < 0 || stored.from() > replay.sealedUntil()
                        ? LedgerDifference.Kind.MISSING_RECORD
                        : more > 0
                                ? LedgerDifference.Kind.UNEXPECTED_RECORD
                                : LedgerDifference.Kind.OTHER_VALUE;
        return new LedgerDifference(partition, replay.lastSealOffset() + 1, kind);
    }

    /**
     * The slices that are given up. Of a re-anchoring that was begun, those of its seals.
     *
     * @param damages at least one
     * @param now by the wall clock
     */
    public ReanchorPlan plan(List<Damage> damages, long now) {
        List<PartitionReplay> damaged = damages.stream().map(Damage::replay).toList();
        if (damages.stream().allMatch(it -> pending.records().containsKey(it.partition()))) {
            long from =
                    damaged.stream().mapToLong(PartitionReplay::sealedUntil).min().orElseThrow();
            return new ReanchorPlan(member.policy(), from, pending.until());
        }
        long stored = step.filter(this::isOwn).map(StoredStep::to).orElse(Long.MIN_VALUE);
        return ReanchorPlan.of(
                member.policy(), replays, damaged, Math.max(stored, pending.until()), now);
    }

    private boolean isOwn(StoredStep stored) {
        return stored.seals().stream()
                .flatMap(value -> Codecs.SEAL.decode(value.toBytes()).toOptional().stream())
                .anyMatch(seal -> ownSeals.isOwn(seal, seal.partition()));
    }

    /**
     * Composes the seals and returns when they would survive a loss of power.
     *
     * @return records, by partition
     */
    public NavigableMap<Integer, Bytes> store(List<Damage> damages, ReanchorPlan plan)
            throws AgentException {
        Sealer sealer =
                new Sealer(member.identity(), member.policy(), member.self(), member.keys());
        NavigableMap<Integer, Bytes> records = pending.records();
        for (Damage damage : damages) {
            records.computeIfAbsent(
                    damage.partition(),
                    partition -> compose(sealer, partition, damage.replay(), plan.to()));
        }
        try {
            store.storeReanchoring(
                    new StoredStep(plan.from(), plan.to(), List.copyOf(records.values())));
        } catch (IOException e) {
            throw AgentException.unavailable(e, "seals cannot be stored: %s", e);
        }
        return records;
    }

    private static Bytes compose(Sealer sealer, int partition, PartitionReplay replay, long to) {
        ChainHead held = replay.head();
        Seal seal = sealer.reanchoring(partition, replay.sealedUntil(), to, held);
        return Bytes.of(Codecs.SEAL.encode(seal));
    }
}
