package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Digests;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumPlanTest {

    private final QuorumPlan plan = new QuorumPlan(TestRoom.POLICY);

    @Test
    void queries_areThoseOfTheWindowLengthInPolicyOrder() {
        assertThat(plan.queries(hours(3, 4)))
                .containsExactly(Digests.id(TestRoom.QUERY), Digests.id(TestRoom.QUERY_TOO));
        assertThat(plan.queries(hours(2, 4))).containsExactly(Digests.id(TestRoom.LONG_QUERY));
    }

    @Test
    void queries_ofNoWindow_areNone() {
        assertThat(plan.queries(hours(3, 5))).isEmpty();
        assertThat(plan.queries(hours(3, 6))).isEmpty();
        assertThat(plan.queries(hours(3, 3))).isEmpty();
        assertThat(plan.queries(hours(4, 3))).isEmpty();
        assertThat(plan.queries(hours(1_000, 1_001))).isEmpty();
        assertThat(plan.queries(new WindowBounds(1, 1 + TestRoom.HOUR))).isEmpty();
        assertThat(plan.queries(new WindowBounds(Long.MAX_VALUE, Long.MIN_VALUE))).isEmpty();
        assertThat(plan.queries(new WindowBounds(-TestRoom.HOUR, 0))).isEmpty();
    }

    @Test
    void rank_everyNodeHasItsOwn_andTheFirstTakesTurns() {
        for (int window = 0; window < 6; window++) {
            WindowBounds bounds = hours(window, window + 1);
            assertThat(IntStream.range(0, 3).map(node -> plan.rank(node, bounds)))
                    .containsExactlyInAnyOrder(0, 1, 2);
            assertThat(plan.rank(window % 3, bounds)).isZero();
            assertThat(plan.rank((window + 1) % 3, bounds)).isEqualTo(1);
        }
    }

    @Test
    void pace_defaultsAndBounds() {
        assertThat(QuorumPace.defaults()).isEqualTo(new QuorumPace(30_000, 15_000));
        assertThatThrownBy(() -> new QuorumPace(0, 0)).hasMessageContaining("singlesAfterMillis");
        assertThatThrownBy(() -> new QuorumPace(1, -1)).hasMessageContaining("staggerMillis");
    }

    private static WindowBounds hours(int start, int end) {
        return new WindowBounds(start * TestRoom.HOUR, end * TestRoom.HOUR);
    }
}
