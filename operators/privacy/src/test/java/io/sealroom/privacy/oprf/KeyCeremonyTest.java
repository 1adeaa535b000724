package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.privacy.secret.KeyFileException;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCeremonyTest {

    private static final RoomIdentity IDENTITY = KeyProofVectors.identity();
    private static final String PARTNER = KeyProofVectors.partner();

    @Test
    void of_goldenSeed_hasTheGoldenKeysAndCommitment() {
        KeyCeremony ceremony = KeyCeremony.of(IDENTITY, PARTNER, epochKeys());

        assertThat(ceremony.firstEpoch()).isEqualTo(731);
        assertThat(ceremony.keys())
                .isEqualTo(
                        KeyProofVectors.keys().stream()
                                .map(key -> key.share().publicKey())
                                .toList());
        assertThat(ceremony.commitment()).isEqualTo(KeyProofVectors.commitment());
    }

    @Test
    void of_everyKey_hasAProofForItsOwnEpoch() {
        KeyCeremony ceremony = KeyCeremony.of(IDENTITY, PARTNER, epochKeys());

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                ProofContext context = ProofContext.of(IDENTITY, PARTNER, 731 + j);
                assertThat(ceremony.proofs().get(i).verify(ceremony.keys().get(j), context))
                        .isEqualTo(i == j);
            }
        }
    }

    @Test
    void of_goldenSeed_leavesNothingOfItBehind() {
        EpochKeys keys = epochKeys();

        KeyCeremony.of(IDENTITY, PARTNER, keys);

        assertThat(keys.share(733)).isEmpty();
        assertThatIllegalStateException().isThrownBy(keys::oldest);
    }

    @Test
    void of_seedStore_coversTheRoomAndKeepsTheSeed(@TempDir Path directory) throws Exception {
        Policy policy = example();
        RoomIdentity identity =
                new RoomIdentity(1, IDENTITY.contract(), policy.room(), policy.hash());
        SeedStore seed = store(directory, policy);

        KeyCeremony ceremony = KeyCeremony.of(identity, seed);

        assertThat(ceremony.partner()).isEqualTo("publisher");
        assertThat(ceremony.firstEpoch()).isEqualTo(policy.firstEpoch());
        assertThat(ceremony.keys())
                .hasSize((int) (policy.lastEpoch() - policy.firstEpoch() + 1))
                .isEqualTo(seed.keys().publicKeys());
        assertThat(ceremony.commitment()).isEqualTo(KeyCeremony.of(identity, seed).commitment());
    }

    @Test
    void of_seedPastTheFirstEpoch_isRefused(@TempDir Path directory) throws Exception {
        Policy policy = example();
        SeedStore seed = store(directory, policy);
        seed.eraseBefore(policy.firstEpoch() + 1);

        assertThatThrownBy(() -> KeyCeremony.of(IDENTITY, seed))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("has passed epoch " + policy.firstEpoch());
    }

    private static SeedStore store(Path directory, Policy policy) throws IOException {
        Path file = directory.resolve("oprf-publisher.json");
        OprfSeedFile.create(file, StoredSeed.generate("publisher", new SecureRandom()));
        return SeedStore.open(file, "publisher", policy);
    }

    /** Who only saw the commitment of another partner cannot bring it as its own. */
    @Test
    void commitment_otherPartnerOrderOrNumber_differs() {
        List<PublicKeyShare> keys = KeyCeremony.of(IDENTITY, PARTNER, epochKeys()).keys();
        List<PublicKeyShare> turned = new ArrayList<>(keys);
        turned.add(turned.remove(0));

        assertThat(
                        List.of(
                                KeyCeremony.commitment(PARTNER, keys),
                                KeyCeremony.commitment("advertiser", keys),
                                KeyCeremony.commitment(PARTNER, turned),
                                KeyCeremony.commitment(PARTNER, keys.subList(0, 2))))
                .doesNotHaveDuplicates();
    }

    @Test
    void construct_notOneProofForEveryKey_isRefused() {
        KeyCeremony ceremony = KeyCeremony.of(IDENTITY, PARTNER, epochKeys());

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new KeyCeremony(
                                        PARTNER,
                                        731,
                                        ceremony.keys(),
                                        ceremony.proofs().subList(0, 2)))
                .withMessage("proofs must be one for each of the keys, got 2 for 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyCeremony(PARTNER, 731, List.of(), List.of()));
    }

    @Test
    void construct_nameOrEpochThatBreaksItsRule_isRefused() {
        KeyCeremony ceremony = KeyCeremony.of(IDENTITY, PARTNER, epochKeys());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyCeremony("No", 731, ceremony.keys(), ceremony.proofs()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyCeremony(PARTNER, -1, ceremony.keys(), ceremony.proofs()));
    }

    private static EpochKeys epochKeys() {
        return EpochKeys.of(IDENTITY.room(), KeyProofVectors.seed(), 733);
    }

    static Policy example() throws IOException, PolicyException {
        try (InputStream file =
                KeyCeremonyTest.class.getResourceAsStream(
                        "/io/sealroom/schemas/example-policy.yaml")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return PolicyFile.parse(text.replace("end: 2026-01-05", "end: 2026-03-05"));
        }
    }
}
