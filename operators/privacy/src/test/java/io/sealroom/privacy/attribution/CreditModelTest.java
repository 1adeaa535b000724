package io.sealroom.privacy.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditModelTest {

    private static final Conversion CONVERSION = new Conversion(1000, 0, 1, 0);

    @Test
    void weights_lastTouch_firstInOrder() {
        assertThat(weights(CreditModel.LAST_TOUCH, 1)).containsExactly(1);
        assertThat(weights(CreditModel.LAST_TOUCH, 3)).containsExactly(1, 0, 0);
    }

    @Test
    void weights_firstTouch_lastInOrder() {
        assertThat(weights(CreditModel.FIRST_TOUCH, 1)).containsExactly(1);
        assertThat(weights(CreditModel.FIRST_TOUCH, 3)).containsExactly(0, 0, 1);
    }

    @Test
    void weights_linear_equal() {
        assertThat(weights(CreditModel.LINEAR, 1)).containsExactly(1);
        assertThat(weights(CreditModel.LINEAR, 10)).hasSize(10).containsOnly(1);
    }

    @Test
    void weights_position_endsTwoFifthsEach() {
        assertThat(weights(CreditModel.POSITION, 1)).containsExactly(1);
        assertThat(weights(CreditModel.POSITION, 2)).containsExactly(1, 1);
        assertThat(weights(CreditModel.POSITION, 3)).containsExactly(2, 1, 2);
        assertThat(weights(CreditModel.POSITION, 4)).containsExactly(4, 1, 1, 4);
        assertThat(weights(CreditModel.POSITION, 10))
                .containsExactly(16, 1, 1, 1, 1, 1, 1, 1, 1, 16);
    }

    /** The order says which touch is first, so with clicksFirst it may be the older one. */
    @Test
    void credit_clicksFirst_endsAreThoseOfTheOrder() {
        Touch newView = new Touch(900, 0, 1, 1, false);
        Touch oldView = new Touch(100, 0, 2, 2, false);
        Touch oldClick = new Touch(200, 0, 3, 3, true);
        LookBack all = new LookBack(0, 1000);
        AttributionRules rules = new AttributionRules(all, all, true, 10);
        assertThat(
                        new Attribution(rules, CreditModel.POSITION)
                                .credit(CONVERSION, List.of(oldView, newView, oldClick)))
                .containsExactly(
                        new Credit(3, 400_000, 0),
                        new Credit(1, 200_000, 0),
                        new Credit(2, 400_000, 0));
    }

    private static long[] weights(CreditModel model, int touches) {
        List<Touch> ranked = new ArrayList<>();
        for (int i = 0; i < touches; i++) {
            ranked.add(new Touch(999 - i, 0, i, i, false));
        }
        return model.weights(CONVERSION, ranked);
    }
}
