package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.exchange.WaitingPartners.State;
import io.sealroom.schemas.record.ReplyStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitingPartnersTest {

    private final AtomicLong seconds = new AtomicLong();
    private final WaitingPartners waiting =
            new WaitingPartners(
                    List.of("bank-2", "bank-3"), () -> TimeUnit.SECONDS.toNanos(seconds.get()));
    private final Object first = new Object();
    private final Object second = new Object();

    @Test
    void requests_andSeconds_areThoseOfTheOldestUnanswered() {
        waiting.asked("bank-2", first);
        seconds.set(5);
        waiting.asked("bank-2", second);
        seconds.set(7);

        assertThat(waiting.requests("bank-2")).isEqualTo(2);
        assertThat(waiting.seconds("bank-2")).isEqualTo(7);
        assertThat(waiting.seconds("bank-3")).isZero();

        waiting.closed("bank-2", first);
        assertThat(waiting.seconds("bank-2")).isEqualTo(2);
        waiting.closed("bank-2", second);
        assertThat(waiting.requests("bank-2")).isZero();
        assertThat(waiting.seconds("bank-2")).isZero();
    }

    @Test
    void state_halfAMinuteWithoutAnAnswer_isSilentUntilOneComes() {
        waiting.asked("bank-2", first);

        seconds.set(29);
        waiting.lookForSilence();
        assertThat(waiting.state("bank-2")).isEqualTo(State.ANSWERS);
        seconds.set(30);
        waiting.lookForSilence();
        assertThat(waiting.state("bank-2")).isEqualTo(State.SILENT);
        assertThat(waiting.state("bank-3")).isEqualTo(State.ANSWERS);

        waiting.answered("bank-2");
        assertThat(waiting.state("bank-2")).isEqualTo(State.ANSWERS);
    }

    @Test
    void state_nothingAsked_isNeverSilent() {
        waiting.asked("bank-2", first);
        waiting.closed("bank-2", first);
        seconds.set(1000);
        waiting.lookForSilence();
        assertThat(waiting.state("bank-2")).isEqualTo(State.ANSWERS);

        waiting.asked("bank-2", second);
        waiting.lookForSilence();
        assertThat(waiting.state("bank-2")).isEqualTo(State.ANSWERS);
    }

    @Test
    void state_answersOthers_isNotSilentOverOneThatTakesLong() {
        waiting.asked("bank-2", first);
        waiting.asked("bank-2", second);
        seconds.set(20);
        waiting.answered("bank-2");
        waiting.closed("bank-2", second);
        seconds.set(40);
        waiting.lookForSilence();

        assertThat(waiting.state("bank-2")).isEqualTo(State.ANSWERS);
        assertThat(waiting.seconds("bank-2")).isEqualTo(40);
    }

    @Test
    void state_deferred_staysSoBetweenTwoRetries() {
        waiting.asked("bank-2", first);
        waiting.deferred("bank-2", ReplyStatus.NOT_READY);
        seconds.set(125);
        waiting.lookForSilence();
        assertThat(waiting.state("bank-2")).isEqualTo(State.DEFERS);

        seconds.set(180);
        waiting.lookForSilence();
        assertThat(waiting.state("bank-2")).isEqualTo(State.SILENT);
    }
}
