package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerMinuteTest {

    private final AtomicLong seconds = new AtomicLong();

    @Test
    void permits_onceForEachReasonAndMinute() {
        OncePerMinute lines = new OncePerMinute(() -> TimeUnit.SECONDS.toNanos(seconds.get()));

        assertThat(lines.permits(ReplyRefusal.SIGNATURE)).isTrue();
        assertThat(lines.permits(ReplyRefusal.SIGNATURE)).isFalse();
        assertThat(lines.permits(RequestRefusal.SIGNATURE)).isTrue();
        seconds.set(59);
        assertThat(lines.permits(ReplyRefusal.SIGNATURE)).isFalse();
        seconds.set(60);
        assertThat(lines.permits(ReplyRefusal.SIGNATURE)).isTrue();
    }
}
