package io.sealroom.privacy.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

    private static final byte[] BYTES = "correct horse".getBytes(StandardCharsets.US_ASCII);

    @Test
    void openSecret_afterCopy_givesTheBytes() {
        assertThat(SecretBytes.copyOf(BYTES).openSecret()).isEqualTo(BYTES);
        assertThat(SecretBytes.copyOf(BYTES).length()).isEqualTo(13);
    }

    @Test
    void copyOf_sourceZeroedLater_keepsTheSecret() {
        byte[] source = BYTES.clone();
        SecretBytes secret = SecretBytes.copyOf(source);
        Arrays.fill(source, (byte) 0);

        Arrays.fill(secret.openSecret(), (byte) 0);

        assertThat(secret.openSecret()).isEqualTo(BYTES);
    }

    @Test
    void copyOf_nothing_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SecretBytes.copyOf(new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretBytes.random(0, new SecureRandom()));
    }

    @Test
    void random_twice_differs() {
        SecureRandom random = new SecureRandom();

        assertThat(SecretBytes.random(32, random)).isNotEqualTo(SecretBytes.random(32, random));
    }

    @Test
    void toString_always_isRedacted() {
        assertThat(SecretBytes.copyOf(BYTES)).hasToString("SecretBytes[13 bytes, redacted]");
    }

    @Test
    void equals_contents_decide() {
        byte[] other = BYTES.clone();
        other[12] ^= 1;

        assertThat(SecretBytes.copyOf(BYTES))
                .isEqualTo(SecretBytes.copyOf(BYTES))
                .hasSameHashCodeAs(SecretBytes.copyOf(BYTES))
                .isNotEqualTo(SecretBytes.copyOf(other))
                .isNotEqualTo(SecretBytes.copyOf(Arrays.copyOf(BYTES, 12)));
    }

    @Test
    void hashCode_equalLengths_tellsNothing() {
        assertThat(SecretBytes.copyOf(new byte[] {1}))
                .hasSameHashCodeAs(SecretBytes.copyOf(new byte[] {2}));
    }

    @Test
    void erase_then_opensNoMore() {
        SecretBytes secret = SecretBytes.copyOf(BYTES);
        secret.erase();
        secret.erase();

        assertThat(secret.erased()).isTrue();
        assertThatIllegalStateException().isThrownBy(secret::openSecret);
        assertThat(secret).isNotEqualTo(SecretBytes.copyOf(new byte[13]));
    }

    /** Nothing public can see it, so the test looks inside. */
    @Test
    void erase_bytes_areOverwritten() throws ReflectiveOperationException {
        SecretBytes secret = SecretBytes.copyOf(BYTES);
        Field bytes = SecretBytes.class.getDeclaredField("bytes");
        bytes.setAccessible(true);

        secret.erase();

        assertThat(bytes.get(secret)).isEqualTo(new byte[BYTES.length]);
    }

    @Test
    void serialisers_find_nothing() {
        assertThat(Serializable.class.isAssignableFrom(SecretBytes.class)).isFalse();
        assertThatThrownBy(
                        () ->
                                new ObjectMapper()
                                        .writeValueAsString(new Holder(SecretBytes.copyOf(BYTES))))
                .isInstanceOf(InvalidDefinitionException.class);
    }

    record Holder(SecretBytes secret) {}
}
