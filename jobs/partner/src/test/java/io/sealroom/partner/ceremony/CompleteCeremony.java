package io.sealroom.partner.ceremony;

import io.sealroom.contracts.ChainEvent;
import io.sealroom.contracts.EpochKey;
import io.sealroom.contracts.KeyProof;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomEvent;
import io.sealroom.contracts.Word;
import io.sealroom.privacy.oprf.PublicKeyShare;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A ceremony that is over, out of the keys of a room file: for tests of what comes after it, in
 * which no chain takes part. Its proofs stand nowhere.
 */
public final class CompleteCeremony implements CeremonyView {

    private final Policy policy;
    private final RoomFile room;

    private CompleteCeremony(Policy policy, RoomFile room) {
        this.policy = policy;
        this.room = room;
    }

    /** Reads the file when it is asked. */
    public static CeremonySource of(Path roomFile) {
        return (policy, identity, fromBlock) -> {
            try {
                return new CompleteCeremony(policy, RoomFile.read(roomFile));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private List<EpochKey> keys(int partner) {
        return room
                .oprfKeys()
                .getOrDefault(policy.partners().get(partner).name(), new TreeMap<>())
                .values()
                .stream()
                .map(key -> PublicKeyShare.decode(key).orElseThrow())
                .map(TestParties::key)
                .toList();
    }

    @Override
    public RoomConfiguration configuration() {
        return RoomConfigurations.of(policy);
    }

    @Override
    public boolean isOfFactory() {
        return true;
    }

    @Override
    public Optional<Word> keysCommitment(int partner) {
        Word id = RoomDigests.id(policy.partners().get(partner).name());
        return Optional.of(RoomDigests.keysCommitment(id, keys(partner)));
    }

    @Override
    public boolean revealed(int partner) {
        return true;
    }

    @Override
    public List<RoomEvent.KeysRevealed> revealedKeys() {
        return IntStream.range(0, policy.partners().size())
                .mapToObj(
                        i ->
                                new RoomEvent.KeysRevealed(
                                        new ChainEvent.Position(1, Word.ZERO, Word.ZERO, 0),
                                        RoomDigests.id(policy.partners().get(i).name()),
                                        keys(i)))
                .toList();
    }

    @Override
    public Optional<List<KeyProof>> proofs(RoomEvent.KeysRevealed event) {
        return Optional.empty();
    }

    @Override
    public long closesAt() {
        return policy.endMillis();
    }

    @Override
    public void close() {}
}
