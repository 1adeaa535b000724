package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    void of_policyAndKeyFile_coversTheRoomAndKeepsTheSeed() throws Exception {
        Policy policy = example();
        RoomIdentity identity =
                new RoomIdentity(1, IDENTITY.contract(), policy.room(), policy.hash());
        var keys = io.sealroom.privacy.secret.PartnerKeys.generate("publisher", new SecureRandom());

        KeyCeremony ceremony = KeyCeremony.of(policy, identity, keys);

        assertThat(keys.oprfSeed().erased()).isFalse();
        assertThat(ceremony.partner()).isEqualTo("publisher");
        assertThat(ceremony.firstEpoch()).isEqualTo(policy.firstEpoch());
        assertThat(ceremony.keys())
                .hasSize((int) (policy.lastEpoch() - policy.firstEpoch() + 1))
                .isEqualTo(EpochKeys.of(policy, keys.oprfSeed()).publicKeys());
        assertThat(ceremony.commitment())
                .isEqualTo(KeyCeremony.of(policy, identity, keys).commitment());
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

    private static EpochKeys epochKeys() {
        return EpochKeys.of(IDENTITY.room(), KeyProofVectors.seed(), 733);
    }

    private static Policy example() throws IOException, PolicyException {
        try (InputStream file =
                KeyCeremonyTest.class.getResourceAsStream(
                        "/io/sealroom/schemas/example-policy.yaml")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return PolicyFile.parse(text.replace("end: 2026-01-05", "end: 2026-03-05"));
        }
    }
}
