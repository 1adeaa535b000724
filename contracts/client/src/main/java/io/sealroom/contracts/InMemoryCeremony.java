package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * RoomCeremony.sol, statement by statement, over Java maps: same checks in the same order, same
 * errors, same events. Not thread-safe.
 */
final class InMemoryCeremony {

    private static final String CLOSES_AT = "closesAt";

    private final InMemoryPlan plan;
    private final InMemorySignatures signatures;
    private final InMemoryBudget budget;
    private final Map<Integer, Word> keys = new HashMap<>();
    private final Map<Integer, Boolean> revealed = new HashMap<>();
    private final Map<String, Long> times = new HashMap<>();

    InMemoryCeremony(InMemoryPlan plan, InMemorySignatures signatures, InMemoryBudget budget) {
        this.plan = plan;
        this.signatures = signatures;
        this.budget = budget;
        times.put(CLOSES_AT, plan.configuration().end());
    }

    boolean approved() {
        return keys.size() == plan.partners();
    }

    boolean active() {
        return revealed.size() == plan.partners();
    }

    int reveals() {
        return revealed.size();
    }

    Optional<Word> keysCommitment(int partnerIndex) {
        return Optional.ofNullable(keys.get(partnerIndex));
    }

    boolean revealed(int partnerIndex) {
        return revealed.containsKey(partnerIndex);
    }

    long closesAt() {
        return times.getOrDefault(CLOSES_AT, 0L);
    }

    void approve(InMemoryTransaction tx, int partnerIndex, Word commitment, Signature signature) {
        RoomConfiguration.Partner partner = plan.partner(partnerIndex);
        Revert.unless(!commitment.isZero(), "ZeroKeys", partner.id());
        signatures.requireApprover(
                partner, RoomDigests.approval(plan.location(), plan.hash(), commitment), signature);
        Word bound = keys.getOrDefault(partnerIndex, Word.ZERO);
        if (bound.equals(commitment)) {
            return;
        }
        Revert.unless(bound.isZero(), "KeysAlreadyBound", partner.id(), bound, commitment);
        tx.put(keys, partnerIndex, commitment);
        int approvals = keys.size();
        tx.emit(
                plan.contract(),
                at ->
                        new RoomEvent.Approved(
                                at, partner.id(), commitment, approvals, plan.partners()));
    }

    void reveal(
            InMemoryTransaction tx, int partnerIndex, List<EpochKey> shown, List<KeyProof> proofs) {
        RoomConfiguration.Partner partner = plan.partner(partnerIndex);
        Revert.unless(approved(), "NotApproved", keys.size(), plan.partners());
        Revert.unless(
                !partner.supplies()
                        || budget.grant(partner.dataset(), plan.contract()).allowance() != 0,
                "NothingAllowed",
                partner.id(),
                partner.dataset());
        Revert.unless(
                shown.size() == plan.epochs() && proofs.size() == plan.epochs(),
                "KeyCount",
                shown.size(),
                proofs.size(),
                plan.epochs());
        Word given = RoomDigests.keysCommitment(partner.id(), shown);
        Word bound = keys.getOrDefault(partnerIndex, Word.ZERO);
        Revert.unless(given.equals(bound), "KeysDiffer", partner.id(), bound, given);
        for (int i = 0; i < shown.size(); i++) {
            requireProof(partner.id(), i, shown.get(i), proofs.get(i));
        }
        if (revealed(partnerIndex)) {
            return;
        }
        tx.put(revealed, partnerIndex, true);
        tx.emit(plan.contract(), at -> new RoomEvent.KeysRevealed(at, partner.id(), shown));
        if (active()) {
            tx.emit(plan.contract(), RoomEvent.Activated::new);
        }
    }

    private void requireProof(Word partner, int index, EpochKey key, KeyProof proof) {
        long epoch = plan.configuration().firstEpoch() + index;
        Word challenge =
                RoomDigests.keyChallenge(
                        plan.location(),
                        plan.configuration().room(),
                        partner,
                        epoch,
                        key,
                        proof.r());
        Revert.unless(
                KeyProofRules.isValid(challenge, key, proof), "InvalidKeyProof", partner, epoch);
    }

    void leaveFrom(InMemoryTransaction tx, int partnerIndex, long epoch, Signature signature) {
        RoomConfiguration.Partner partner = plan.partner(partnerIndex);
        signatures.requireApprover(
                partner, RoomDigests.leave(plan.location(), partner.id(), epoch), signature);
        long current = tx.timeMillis() / plan.configuration().epochMillis();
        Revert.unless(epoch > current, "EpochNotAhead", epoch, current);
        // In wide numbers, as the contract does: no epoch is too far ahead for its error.
        BigInteger end =
                BigInteger.valueOf(epoch)
                        .multiply(BigInteger.valueOf(plan.configuration().epochMillis()));
        Revert.unless(
                end.compareTo(BigInteger.valueOf(closesAt())) < 0,
                "ClosesEarlier",
                epoch,
                closesAt());
        long closing = end.longValueExact();
        tx.put(times, CLOSES_AT, closing);
        tx.emit(plan.contract(), at -> new RoomEvent.Left(at, partner.id(), epoch, closing));
    }

    void requireOpen(long start, long end) {
        Revert.unless(active(), "NotActive", reveals(), plan.partners());
        Revert.unless(
                start >= plan.configuration().start() && start < end && end <= closesAt(),
                "WindowOutOfRoom",
                start,
                end,
                closesAt());
    }

    /** As if all had approved and revealed, see {@link InMemoryRoom#active}. */
    void skip() {
        for (int i = 0; i < plan.partners(); i++) {
            keys.put(i, RoomDigests.keysCommitment(plan.partner(i).id(), List.of()));
            revealed.put(i, true);
        }
    }
}
