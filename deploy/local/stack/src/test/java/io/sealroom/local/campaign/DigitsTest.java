package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void of_shorterAndLongerThanTheWidth_fillsUpAndNeverCuts() {
        assertThat(Digits.of(4, 0)).isEqualTo("0000");
        assertThat(Digits.of(4, 123)).isEqualTo("0123");
        assertThat(Digits.of(4, 12_345)).isEqualTo("12345");
    }
}
