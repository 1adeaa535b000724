package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.Registration;
import io.sealroom.cli.chain.SenderKey;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.DatasetAccount;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.privacy.oprf.KeyCeremony;
import io.sealroom.privacy.oprf.ProofOfPossession;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.privacy.oprf.SeedStore;
import io.sealroom.privacy.secret.KeyFileException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one partner brings to a policy's room, step by step. One account pays for it, but the data
 * set's owner for what only it may do.
 */
public final class PartnerActions implements AutoCloseable {

    private final PolicyRoom room;
    private final Seat seat;
    private final Optional<ChainSigner> approverKey;
    private final RoomContract contract;
    private final LedgerContract ledger;
    private @Nullable KeyCeremony ceremony;

    private PartnerActions(PolicyRoom room, Seat seat, ChainSigner payer, Endpoint endpoint) {
        this.room = room;
        this.seat = seat;
        this.approverKey =
                Stream.of(payer, SenderKey.of(seat.keys()))
                        .filter(key -> key.account().equals(approver()))
                        .findFirst();
        this.contract = endpoint.room(room.location(), payer);
        long chainId = room.location().chainId();
        Account address = room.configuration().ledger();
        this.ledger =
                approverKey
                        .map(owner -> endpoint.ledger(chainId, address, owner))
                        .orElseGet(() -> endpoint.ledger(chainId, address));
    }

    /**
     * @param payer sends the transactions
     */
    public static PartnerActions connect(
            Endpoint endpoint, PolicyRoom room, Seat seat, ChainSigner payer) {
        return new PartnerActions(room, seat, payer, endpoint);
    }

    /**
     * What the partner's approval binds it to: keys of a seed that serves this room from now on.
     *
     * @throws UsageException if the seed file cannot be used for that
     */
    public Word keysCommitment() {
        return RoomConfigurations.word(ceremony().commitment());
    }

    /** Made when it is needed: to leave, none is, and by then the seed has moved on. */
    private KeyCeremony ceremony() {
        if (ceremony == null) {
            try {
                SeedStore seed = seat.seed(room.policy());
                ceremony = KeyCeremony.of(room.identity(), seed);
                // Before anything is signed: the keys that are shown are this seed's, for this
                // room.
                seed.bind();
            } catch (KeyFileException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new UsageException(
                        String.format(
                                "%s cannot be replaced: %s",
                                seat.seedFile(), e.getClass().getSimpleName()));
            }
        }
        return ceremony;
    }

    /** What the approver signs to approve. */
    public Word approvalDigest() {
        return RoomDigests.approval(room.location(), configurationHash(), keysCommitment());
    }

    /** What the room must have been created with: derived from the policy, not asked for. */
    private Word configurationHash() {
        return RoomDigests.configurationHash(room.configuration());
    }

    /** What the approver signs to leave from an epoch on. */
    public Word leaveDigest(long epoch) {
        return RoomDigests.leave(room.location(), RoomDigests.id(seat.partner().name()), epoch);
    }

    /** Signs for the approver, if its key is at hand: the partner's own, or the one that pays. */
    public Optional<Signature> sign(Word digest) {
        return approverKey.map(key -> key.sign(digest));
    }

    /** Who approves for the partner and owns its data set. */
    public Account approver() {
        return room.configuration().partners().get(seat.index()).approver();
    }

    /** Brings the approval; empty if it stood before. */
    public Optional<Word> approve(Signature signature) {
        return Actions.require(
                "approval", contract.approve(seat.index(), keysCommitment(), signature));
    }

    /**
     * Brings the keys and their proofs; empty if they stood before. Nothing here waits until the
     * approvals are final: whoever shows keys on a chain that reorganises does so before.
     */
    public Optional<Word> reveal() throws IOException {
        requireBoundToTheseKeys();
        return Actions.require(
                "keys", contract.reveal(seat.index(), keys(ceremony().keys()), proofs(ceremony())));
    }

    /**
     * Demands that the partner has approved with the keys that are here.
     *
     * @throws RefusedException if not; the message says what to do
     */
    void requireBoundToTheseKeys() throws IOException {
        Optional<Word> bound = contract.keysCommitment(seat.index());
        if (bound.isEmpty()) {
            throw new RefusedException(
                    String.format(
                            "%s has not approved yet; run 'sealroom room approve' first",
                            seat.partner().name()));
        }
        if (!bound.get().equals(keysCommitment())) {
            throw new RefusedException(
                    String.format(
                            "%s has approved with other keys: it is bound to %s, these give %s;"
                                    + " use the seed file it approved with",
                            seat.partner().name(), bound.get(), keysCommitment()));
        }
    }

    /** Brings the end of the partner's participation; empty if the room closes no later anyway. */
    public Optional<Word> leave(long epoch, Signature signature) throws IOException {
        // By the time of a repeat the epoch may have begun.
        return Actions.require(
                "leave",
                contract.leaveFrom(seat.index(), epoch, signature),
                Set.of("ClosesEarlier", "EpochNotAhead"),
                () -> (contract.closesAt() - 1) / room.policy().epochMillis() < epoch);
    }

    /**
     * Demands that the partner's data set is registered with the room's epoch as its period.
     *
     * @throws RefusedException if not; the message says what to run
     */
    public void requireRegistered() throws IOException {
        Optional<DatasetAccount> account = ledger.account(dataset());
        if (account.isEmpty()) {
            throw new RefusedException(
                    String.format(
                            "data set %s of %s is not registered in the ledger; run: %s",
                            seat.partner().dataset(),
                            approver(),
                            DatasetChecks.registerCommand(room.policy(), seat.partner())));
        }
        if (account.get().periodMillis() != room.policy().epochMillis()) {
            throw new RefusedException(
                    String.format(
                            "data set %s has a period of %d ms, the room's epochs are %d ms: it"
                                    + " needs a data set with that period",
                            seat.partner().dataset(),
                            account.get().periodMillis(),
                            room.policy().epochMillis()));
        }
    }

    /**
     * Registers the partner's data set with the room's epoch as its period; empty if it stood
     * before with these limits.
     *
     * @throws IllegalStateException if the owner's key is not at hand, see {@link #sign}
     */
    public Optional<Word> register(long limitPerPeriod, long limitForLife) throws IOException {
        return new Registration(
                        datasetName(), room.policy().epochMillis(), limitPerPeriod, limitForLife)
                .bring(ledger, approver());
    }

    private Word datasetName() {
        return RoomDigests.id(String.valueOf(seat.partner().dataset()));
    }

    /** What the room may spend of the partner's data set now. */
    public long allowance() throws IOException {
        return ledger.grant(dataset(), room.location().contract()).allowance();
    }

    /**
     * Sets what the room may spend of the data set, which its owner pays for.
     *
     * @throws IllegalStateException if the owner's key is not at hand, see {@link #sign}
     */
    public Optional<Word> allow(long allowance) {
        ActionOutcome outcome =
                ledger.allow(
                        datasetName(), room.location().contract(), configurationHash(), allowance);
        return Actions.require("allowance", outcome);
    }

    private Word dataset() {
        return room.configuration().partners().get(seat.index()).dataset();
    }

    /** Keys as they go to the contract. */
    static List<EpochKey> keys(List<PublicKeyShare> keys) {
        return keys.stream()
                .map(
                        key ->
                                new EpochKey(
                                        RoomConfigurations.word(key.x()),
                                        RoomConfigurations.word(key.y())))
                .toList();
    }

    private static List<KeyProof> proofs(KeyCeremony ceremony) {
        return ceremony.proofs().stream().map(PartnerActions::proof).toList();
    }

    private static KeyProof proof(ProofOfPossession proof) {
        byte[] bytes = proof.encoded().toBytes();
        return new KeyProof(
                Word.of(Arrays.copyOf(bytes, Word.LENGTH)),
                Word.of(Arrays.copyOfRange(bytes, Word.LENGTH, 2 * Word.LENGTH)));
    }

    @Override
    public void close() {
        contract.close();
        ledger.close();
    }
}
