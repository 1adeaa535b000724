package io.sealroom.partner.seal;

import io.sealroom.schemas.policy.Mode;
import io.sealroom.schemas.policy.Policy;
import java.util.Collection;
import java.util.List;

/**
 * Which slices a re-anchoring gives up, in partitions of which Kafka holds something else than was
 * written. They begin where nodes stand, in each partition on its own, and end together:
 *
 * <ul>
 *   <li>where this partner has sealed, in any partition, if only in its own eyes: nodes may have
 *       refused as too early what was sent behind such seals, and the others' seals stand;
 *   <li>and behind what may be lost: in a live room events of up to now (one that a source dated
 *       ahead of the clock may lie behind it), in a file's the slice that was being sent; and
 *       behind the last event found. But no own event lies further than {@code maxAhead} beyond the
 *       own last seal, whatever a stranger wrote.
 * </ul>
 *
 * @param policy of the room
 * @param from where the first partition begins, epoch milliseconds
 * @param to where all of them end, exclusive; {@code from} if there is nothing left to be sealed
 */
public record ReanchorPlan(Policy policy, long from, long to) {

    /**
     * Windows of one length that will be withheld.
     *
     * @param from start of the first
     * @param to end of the last, exclusive
     */
    public record Withheld(long windowMillis, long from, long to) {

        public long windows() {
            return (to - from) / windowMillis;
        }
    }

    /**
     * @param all of the partner's partitions
     * @param damaged those of them that are to be re-anchored, at least one
     * @param storedUntil end of the last step whose seals were stored; anything before it if none
     * @param now by the wall clock
     */
    public static ReanchorPlan of(
            Policy policy,
            Collection<PartitionReplay> all,
            Collection<PartitionReplay> damaged,
            long storedUntil,
            long now) {
        SealSteps steps = new SealSteps(policy);
        long from = damaged.stream().mapToLong(PartitionReplay::sealedUntil).min().orElseThrow();
        long sealed =
                all.stream()
                        .mapToLong(PartitionReplay::ownSealedUntil)
                        .reduce(storedUntil, Math::max);
        long sent =
                all.stream()
                        .mapToLong(PartitionReplay::unsealedUntil)
                        .reduce(policy.mode() == Mode.LIVE ? now : 0, Math::max);
        long reach = sealed + policy.maxAheadMillis() + 1;
        long to = Math.max(sealed, steps.sliceEnd(Math.min(sent, reach)));
        long last = damaged.stream().mapToLong(PartitionReplay::sealedUntil).max().orElseThrow();
        // Each partition is re-anchored over one slice at least, or its seal would be none.
        long wanted = Math.max(to, last + policy.sliceMillis());
        return new ReanchorPlan(policy, from, Math.min(wanted, policy.endMillis()));
    }

    /** One entry for each window length of the policy, in rising order. */
    public List<Withheld> withheld() {
        return policy.windowLengths().stream()
                .map(
                        length ->
                                new Withheld(
                                        length,
                                        Math.floorDiv(from, length) * length,
                                        -Math.floorDiv(-to, length) * length))
                .toList();
    }
}
