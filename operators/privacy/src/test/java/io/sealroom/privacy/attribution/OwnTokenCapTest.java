package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OwnTokenCapTest {

    @Test
    void clamp_valueOutsideTheRange_nearestOfIt() {
        OwnTokenCap cap = new OwnTokenCap(9, 100);
        assertThat(cap.clamp(Long.MIN_VALUE)).isZero();
        assertThat(cap.clamp(0)).isZero();
        assertThat(cap.clamp(100)).isEqualTo(100);
        assertThat(cap.clamp(Long.MAX_VALUE)).isEqualTo(100);
    }

    @Test
    void construct_capsNotPositive_refused() {
        assertThatThrownBy(() -> new OwnTokenCap(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OwnTokenCap(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
