package io.sealroom.partner.ceremony;

import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An endpoint that says what it is told to say, and for the rest what another says. */
final class LyingView implements CeremonyView {

    private final CeremonyView truth;
    private final Policy policy;
    private final Map<Integer, Optional<Word>> commitments = new HashMap<>();
    private final Map<Word, List<EpochKey>> keys = new HashMap<>();
    private final Map<Word, Optional<List<KeyProof>>> proofs = new HashMap<>();
    private boolean allRevealed;
    private boolean foreignCode;
    private @Nullable Word hidden;

    LyingView(CeremonyView truth, Policy policy) {
        this.truth = truth;
        this.policy = policy;
    }

    LyingView commitment(String partner, Word commitment) {
        commitments.put(policy.partnerIndex(partner).orElseThrow(), Optional.of(commitment));
        return this;
    }

    LyingView keys(String partner, List<EpochKey> shown) {
        keys.put(RoomDigests.id(partner), shown);
        return this;
    }

    LyingView proofs(String partner, Optional<List<KeyProof>> shown) {
        proofs.put(RoomDigests.id(partner), shown);
        return this;
    }

    LyingView allRevealed() {
        allRevealed = true;
        return this;
    }

    LyingView foreignCode() {
        foreignCode = true;
        return this;
    }

    LyingView hide(String partner) {
        hidden = RoomDigests.id(partner);
        return this;
    }

    @Override
    public RoomConfiguration configuration() throws IOException {
        return truth.configuration();
    }

    @Override
    public boolean isOfFactory() throws IOException {
        return !foreignCode && truth.isOfFactory();
    }

    @Override
    public Optional<Word> keysCommitment(int partner) throws IOException {
        Optional<Word> told = commitments.get(partner);
        return told == null ? truth.keysCommitment(partner) : told;
    }

    @Override
    public boolean revealed(int partner) throws IOException {
        return allRevealed || truth.revealed(partner);
    }

    @Override
    public List<RoomEvent.KeysRevealed> revealedKeys() throws IOException {
        return truth.revealedKeys().stream()
                .filter(event -> !event.partner().equals(hidden))
                .map(
                        event ->
                                new RoomEvent.KeysRevealed(
                                        event.at(),
                                        event.partner(),
                                        keys.getOrDefault(event.partner(), event.keys())))
                .toList();
    }

    @Override
    public Optional<List<KeyProof>> proofs(RoomEvent.KeysRevealed event) throws IOException {
        Optional<List<KeyProof>> told = proofs.get(event.partner());
        return told == null ? truth.proofs(event) : told;
    }

    @Override
    public long closesAt() throws IOException {
        return truth.closesAt();
    }

    @Override
    public void close() {
        truth.close();
    }
}
