package io.sealroom.privacy.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealroom.privacy.secret.HmacSha256;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenCacheKeyTest {

    private static final SecretBytes EVENT_KEY = SecretBytes.copyOf(new byte[32]);
    private static final NormalisedIdentifier ANN =
            new NormalisedIdentifier(IdentifierKind.EMAIL, "ann@example.org");

    @Test
    void index_isTheKeyedHashOfKindAndIdentifier() {
        SecretBytes key =
                HmacSha256.derive(
                        EVENT_KEY,
                        Lp.of(
                                Lp.text("sealroom/token-cache/v1"),
                                Lp.text("index"),
                                Lp.text("room"),
                                Lp.text("ads"),
                                Lp.u64(3)));
        byte[] tag = HmacSha256.tag(key, Lp.of(Lp.text("EMAIL"), Lp.text("ann@example.org")));

        assertThat(key("room", "ads", 3).index(ANN)).isEqualTo(Arrays.copyOf(tag, 16));
    }

    @Test
    void index_otherRoomPartnerEpochKindOrKey_differs() {
        NormalisedIdentifier sameTextAsPhone =
                new NormalisedIdentifier(IdentifierKind.PHONE, "ann@example.org");
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        Set<String> seen = new HashSet<>();

        seen.add(hex(key("room", "ads", 3).index(ANN)));
        seen.add(hex(key("rooma", "ds", 3).index(ANN)));
        seen.add(hex(key("other", "ads", 3).index(ANN)));
        seen.add(hex(key("room", "pub", 3).index(ANN)));
        seen.add(hex(key("room", "ads", 4).index(ANN)));
        seen.add(hex(key("room", "ads", 3).index(sameTextAsPhone)));
        seen.add(
                hex(
                        TokenCacheKey.derive(SecretBytes.copyOf(otherKey), "room", "ads", 3)
                                .index(ANN)));

        assertThat(seen).hasSize(7);
    }

    @Test
    void segmentKey_otherSegmentOrEpoch_differs() {
        byte[] one = {1};
        byte[] two = {2};

        assertThat(key("room", "ads", 3).segmentKey(one))
                .isEqualTo(key("room", "ads", 3).segmentKey(one))
                .isNotEqualTo(key("room", "ads", 3).segmentKey(two))
                .isNotEqualTo(key("room", "ads", 4).segmentKey(one));
    }

    @Test
    void derive_shortEventKey_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                TokenCacheKey.derive(
                                        SecretBytes.copyOf(new byte[31]), "room", "ads", 3))
                .withMessageContaining("32");
    }

    @Test
    void toString_isRedacted() {
        assertThat(key("room", "ads", 3)).hasToString("TokenCacheKey[redacted]");
    }

    private static TokenCacheKey key(String room, String partner, long epoch) {
        return TokenCacheKey.derive(EVENT_KEY, room, partner, epoch);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
