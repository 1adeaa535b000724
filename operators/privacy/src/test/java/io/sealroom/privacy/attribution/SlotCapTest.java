package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.attribution.AdmissionRules.Capped;
import java.nio.LongBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotCapTest {

    private static final AdmissionRules RULES =
            new AdmissionRules(
                    List.of(new Capped(0, 1, false), new Capped(5, 2, false)), List.of());

    private final SlotCap cap = new SlotCap(RULES);

    @Test
    void admit_moreThanC_emptyInTheQueryWhoseCapIsReached() {
        assertThat(cap.admit(0b100001)).isEqualTo(0b100001);
        assertThat(cap.admit(0b100001)).isEqualTo(0b100000);
        assertThat(cap.admit(0b100001)).isZero();
    }

    @Test
    void admit_queryThatDidNotAdmitTheConversion_usesNothing() {
        assertThat(cap.admit(0b100000)).isEqualTo(0b100000);
        assertThat(cap.admit(0b000001)).isEqualTo(0b000001);
        assertThat(cap.admit(0b100001)).isEqualTo(0b100000);
    }

    @Test
    void write_used_readsBack() {
        cap.admit(0b000001);
        LongBuffer words = LongBuffer.allocate(cap.words());
        cap.write(words);
        assertThat(words.hasRemaining()).isFalse();
        assertThat(SlotCap.read(RULES, words.flip()).admit(0b100001)).isEqualTo(0b100000);
        assertThat(words.hasRemaining()).isFalse();
    }

    @Test
    void toString_content_notShown() {
        assertThat(cap).hasToString("SlotCap");
    }
}
