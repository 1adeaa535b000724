package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionTest {

    private static final LookBack VIEWS = new LookBack(5, 20);
    private static final LookBack CLICKS = new LookBack(0, 50);
    private static final Attribution LAST_TOUCH = lastTouch(false, 1);
    private static final Conversion CONVERSION = new Conversion(100, 0, 1, 250);

    @Test
    void credit_noTouch_unattributed() {
        assertThat(LAST_TOUCH.credit(CONVERSION, List.of()))
                .containsExactly(new Credit(Credit.UNATTRIBUTED, 1_000_000, 250));
    }

    @Test
    void credit_severalTouches_wholeToTheNewest() {
        assertThat(LAST_TOUCH.credit(CONVERSION, List.of(click(60, 1), click(90, 2), click(70, 3))))
                .containsExactly(new Credit(2, 1_000_000, 250));
    }

    @Test
    void credit_agesAtTheEdges_bothEndsCount() {
        assertThat(cellOf(click(100, 1))).isEqualTo(Credit.UNATTRIBUTED);
        assertThat(cellOf(click(101, 1))).isEqualTo(Credit.UNATTRIBUTED);
        assertThat(cellOf(click(99, 1))).isEqualTo(1);
        assertThat(cellOf(click(50, 1))).isEqualTo(1);
        assertThat(cellOf(click(49, 1))).isEqualTo(Credit.UNATTRIBUTED);
        assertThat(cellOf(view(96, 1))).isEqualTo(Credit.UNATTRIBUTED);
        assertThat(cellOf(view(95, 1))).isEqualTo(1);
        assertThat(cellOf(view(80, 1))).isEqualTo(1);
        assertThat(cellOf(view(79, 1))).isEqualTo(Credit.UNATTRIBUTED);
    }

    @Test
    void credit_sameTime_largerEventIdUnsignedWins() {
        Touch small = new Touch(90, Long.MAX_VALUE, -1, 1, true);
        Touch large = new Touch(90, Long.MIN_VALUE, 0, 2, true);
        Touch larger = new Touch(90, Long.MIN_VALUE, -1, 3, true);
        assertThat(cellOf(small, large)).isEqualTo(2);
        assertThat(cellOf(larger, large, small)).isEqualTo(3);
    }

    @Test
    void credit_clicksFirst_oldClickBeforeNewView() {
        List<Touch> touches = List.of(view(90, 1), click(60, 2), click(55, 3));
        assertThat(LAST_TOUCH.credit(CONVERSION, touches))
                .containsExactly(new Credit(1, 1_000_000, 250));
        assertThat(lastTouch(true, 1).credit(CONVERSION, touches))
                .containsExactly(new Credit(2, 1_000_000, 250));
    }

    @Test
    void credit_conversionWithoutValue_countOnly() {
        assertThat(LAST_TOUCH.credit(new Conversion(100, 0, 1, 0), List.of(click(90, 2))))
                .containsExactly(new Credit(2, 1_000_000, 0));
    }

    @Test
    void credit_modelOverSeveralTouches_sumsExactlyAndNewestGetTheRest() {
        CreditModel equalShares =
                (conversion, touches) -> touches.stream().mapToLong(touch -> 1).toArray();
        Attribution attribution = new Attribution(lastTouch(false, 3).rules(), equalShares);
        assertThat(
                        attribution.credit(
                                CONVERSION,
                                List.of(click(60, 4), click(70, 3), click(90, 1), click(80, 2))))
                .containsExactly(
                        new Credit(1, 333_334, 84),
                        new Credit(2, 333_333, 83),
                        new Credit(3, 333_333, 83));
    }

    @Test
    void credit_valueNotClamped_refused() {
        Conversion negative = new Conversion(100, 0, 1, -1);
        assertThatThrownBy(() -> LAST_TOUCH.credit(negative, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LAST_TOUCH.credit(negative, List.of(click(90, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rules_outOfRange_refused() {
        assertThatThrownBy(() -> new LookBack(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LookBack(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LookBack(6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttributionRules(VIEWS, CLICKS, false, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttributionRules(VIEWS, CLICKS, false, 11))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> click(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int cellOf(Touch... touches) {
        return LAST_TOUCH.credit(CONVERSION, List.of(touches)).get(0).cell();
    }

    private static Attribution lastTouch(boolean clicksFirst, int touchesMax) {
        return new Attribution(
                new AttributionRules(VIEWS, CLICKS, clicksFirst, touchesMax),
                CreditModel.LAST_TOUCH);
    }

    private static Touch click(long time, int cell) {
        return new Touch(time, 0, time, cell, true);
    }

    private static Touch view(long time, int cell) {
        return new Touch(time, 0, time, cell, false);
    }
}
