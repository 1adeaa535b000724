package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void until_conditionHoldsLater_returnsThen() {
        AtomicInteger asked = new AtomicInteger();

        Await.until("third question", Duration.ofSeconds(10), () -> asked.incrementAndGet() == 3);

        assertThat(asked).hasValue(3);
    }

    @Test
    void until_conditionHoldsAlready_passesEvenWithoutTime() {
        Await.until("truth", Duration.ZERO, () -> true);
    }

    @Test
    void until_conditionNeverHolds_namesItAndTheDeadline() {
        assertThatThrownBy(() -> Await.until("a miracle", Duration.ofMillis(200), () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("waited 0.2 s in vain for a miracle");
    }

    @Test
    void until_interrupted_stopsAndKeepsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.until("a miracle", Duration.ofSeconds(10), () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
