package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.EpochKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenRunTest {

    /** At the end of an epoch the erasure may come between two steps of a run. */
    @Test
    void tokens_ownShareErasedMeanwhile_endsWithThatAsTheReason(@TempDir Path state)
            throws IOException {
        ExchangeRoom room = ExchangeRoom.file(2, 1000);
        EpochKeys own = room.shares("bank-1");
        TestingAgent agent =
                new TestingAgent(
                        room.member("bank-1"),
                        room.roomKeys("bank-1", own),
                        state,
                        Clock.systemUTC(),
                        System::nanoTime,
                        RetryTimes.DEFAULT,
                        Runnable::run,
                        step -> {
                            own.eraseBefore(room.epoch() + 1);
                            step.run();
                        },
                        (evaluator, request) -> {});

        assertThatThrownBy(
                        () ->
                                agent.requester(64)
                                        .tokens(
                                                room.epoch(),
                                                List.of(ExchangeRoom.email("ann@example.org")),
                                                count -> {}))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("erased meanwhile");
    }
}
