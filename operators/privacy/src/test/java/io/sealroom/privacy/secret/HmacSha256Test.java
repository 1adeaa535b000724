package io.sealroom.privacy.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacSha256Test {

    private static final SecretBytes KEY =
            SecretBytes.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] MESSAGE =
            "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    /** RFC 4231, test case 2. */
    private static final byte[] TAG =
            HexFormat.of()
                    .parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    @Test
    void tag_rfc4231_isThatOfTheRfc() {
        assertThat(HmacSha256.tag(KEY, MESSAGE)).isEqualTo(TAG);
    }

    @Test
    void derive_sameMessage_isTheTagAsASecret() {
        assertThat(HmacSha256.derive(KEY, MESSAGE)).isEqualTo(SecretBytes.copyOf(TAG));
    }
}
