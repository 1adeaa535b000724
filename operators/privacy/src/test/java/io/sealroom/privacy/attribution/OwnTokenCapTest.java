package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnTokenCapTest {

    @Test
    void admit_moreThanC_firstByTimeThenUnsignedId() {
        OwnTokenCap cap = new OwnTokenCap(2, 100);
        Conversion late = new Conversion(9, 0, 0, 1);
        Conversion large = new Conversion(5, -1, 0, 2);
        Conversion small = new Conversion(5, 1, 0, 3);
        assertThat(cap.admit(List.of(late, large, small), 0)).containsExactly(small, large);
        assertThat(cap.admit(List.of(late, large, small), 1)).containsExactly(small);
        assertThat(cap.admit(List.of(late, large, small), 2)).isEmpty();
    }

    @Test
    void admit_valueOutsideTheRange_clamped() {
        OwnTokenCap cap = new OwnTokenCap(9, 100);
        assertThat(
                        cap.admit(
                                List.of(
                                        new Conversion(1, 0, 0, Long.MIN_VALUE),
                                        new Conversion(2, 0, 0, 100),
                                        new Conversion(3, 0, 0, Long.MAX_VALUE)),
                                0))
                .extracting(Conversion::value)
                .containsExactly(0L, 100L, 100L);
    }

    @Test
    void admit_sliceBySliceInAnyArrivalOrder_equalsTheWholeEpoch() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            OwnTokenCap cap = new OwnTokenCap(1 + random.nextInt(4), 60);
            List<Conversion> conversions = AttributionFixture.randomConversions(random, 10);
            List<Conversion> whole = cap.admit(conversions, 0);
            Collections.shuffle(conversions, random);

            List<Conversion> admitted = new ArrayList<>();
            for (long slice = 0; slice < AttributionFixture.HORIZON; slice += 10) {
                long start = slice;
                admitted.addAll(
                        cap.admit(
                                conversions.stream()
                                        .filter(c -> c.time() >= start && c.time() < start + 10)
                                        .toList(),
                                admitted.size()));
            }
            assertThat(admitted).as("seed %s", seed).isEqualTo(whole);
            assertThat(whole).hasSizeLessThanOrEqualTo(cap.conversionsMax());
        }
    }

    @Test
    void construct_capsNotPositive_refused() {
        assertThatThrownBy(() -> new OwnTokenCap(0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OwnTokenCap(1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void admit_usedOutOfRange_refused() {
        OwnTokenCap cap = new OwnTokenCap(2, 1);
        assertThatThrownBy(() -> cap.admit(List.of(), -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cap.admit(List.of(), 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
