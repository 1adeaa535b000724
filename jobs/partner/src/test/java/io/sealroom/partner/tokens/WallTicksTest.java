package io.sealroom.partner.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WallTicksTest {

    private final SteppingClock clock = new SteppingClock();

    @Test
    void next_isTheNextMultipleOfThePeriod() throws InterruptedException {
        clock.now = 1_000_123;
        WallTicks ticks = new WallTicks(clock, 50);

        assertThat(ticks.next()).isZero();
        assertThat(clock.now).isBetween(1_000_150L, 1_000_170L);
        assertThat(ticks.next()).isZero();
        assertThat(clock.now).isBetween(1_000_200L, 1_000_220L);
    }

    @Test
    void next_afterALongBatch_tellsWhatWasSkippedAndGoesOn() throws InterruptedException {
        clock.now = 1_000_000;
        WallTicks ticks = new WallTicks(clock, 50);
        assertThat(ticks.next()).isZero();
        clock.now = 1_000_251;

        assertThat(ticks.next()).isEqualTo(3);
        assertThat(ticks.next()).isZero();
        assertThat(clock.now).isBetween(1_000_300L, 1_000_320L);
    }

    @Test
    @Timeout(10)
    void next_clockSetBack_doesNotWaitForTheOldTime() throws InterruptedException {
        clock.now = 9_000_000;
        WallTicks ticks = new WallTicks(clock, 50);
        clock.now = 1_000_010;

        assertThat(ticks.next()).isZero();
        assertThat(clock.now).isBetween(1_000_050L, 1_000_070L);
    }

    /** Each look takes four milliseconds. */
    private static final class SteppingClock extends Clock {
        private long now;

        @Override
        public long millis() {
            now += 4;
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
