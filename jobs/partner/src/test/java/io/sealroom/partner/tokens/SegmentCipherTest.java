package io.sealroom.partner.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentCipherTest {

    private static final SecretBytes KEY = SecretBytes.copyOf(new byte[32]);
    private static final byte[] PLAIN = new byte[100];

    private final SegmentCipher cipher = cipher("room, epoch 3");

    @Test
    void open_whatWasSealedThere_isGiven() {
        assertThat(cipher.open(7, cipher.seal(7, PLAIN))).contains(PLAIN);
    }

    /** One nonce for both would make the first hundred bytes equal. */
    @Test
    void seal_equalBytesAtTwoPlaces_haveNothingInCommon() {
        byte[] first = Arrays.copyOf(cipher.seal(7, PLAIN), PLAIN.length);
        byte[] second = Arrays.copyOf(cipher.seal(8, PLAIN), PLAIN.length);

        assertThat(first).isNotEqualTo(second).isNotEqualTo(PLAIN);
    }

    @Test
    void open_atAnotherPlace_isRefused() {
        assertThat(cipher.open(8, cipher.seal(7, PLAIN))).isEmpty();
    }

    @Test
    void open_inAnotherContextUnderTheSameKey_isRefused() {
        assertThat(cipher("room, epoch 4").open(7, cipher.seal(7, PLAIN))).isEmpty();
    }

    private static SegmentCipher cipher(String context) {
        return new SegmentCipher(KEY, context.getBytes(StandardCharsets.UTF_8));
    }
}
