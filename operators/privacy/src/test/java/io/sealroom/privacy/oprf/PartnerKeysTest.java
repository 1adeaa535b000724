package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartnerKeysTest {

    @Test
    void of_differentKeys_keepTheirOrder() {
        PartnerKeys keys = PartnerKeys.of(List.of(key(2), key(1))).orElseThrow();

        assertThat(keys.size()).isEqualTo(2);
        assertThat(keys.key(0)).isEqualTo(key(2)).isNotEqualTo(key(1));
        assertThat(keys)
                .isEqualTo(PartnerKeys.of(List.of(key(2), key(1))).orElseThrow())
                .isNotEqualTo(PartnerKeys.of(List.of(key(1), key(2))).orElseThrow());
    }

    @Test
    void of_noKeys_isRefused() {
        assertRefused(List.of(), EncodingRefusal.KEYS_EMPTY);
    }

    @Test
    void of_keyTwice_isRefused() {
        assertRefused(List.of(key(1), key(2), key(1)), EncodingRefusal.KEY_REPEATED);
    }

    @Test
    void of_keysThatAddUpToTheIdentity_isRefused() {
        assertRefused(List.of(key(1), key(2), key(-3)), EncodingRefusal.KEYS_CANCEL);
    }

    @Test
    void orElseThrow_refused_saysTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartnerKeys.of(List.of()).orElseThrow())
                .withMessage("refused: KEYS_EMPTY");
    }

    private static void assertRefused(List<PublicKeyShare> keys, EncodingRefusal reason) {
        assertThat(PartnerKeys.of(keys)).isEqualTo(new Checked.Refused<>(reason));
        assertThat(PartnerKeys.of(keys).accepted()).isEmpty();
    }

    private static PublicKeyShare key(long secret) {
        return new KeyShare(SecretScalar.of(BigInteger.valueOf(secret).mod(P256.ORDER)))
                .publicKey();
    }
}
