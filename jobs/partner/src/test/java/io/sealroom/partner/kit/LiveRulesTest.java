package io.sealroom.partner.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.exit.ExitCode;
import io.sealroom.partner.room.TestRoom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveRulesTest {

    @Test
    void of_policyOfModeFile_isRefusedWithWhatItNeeds() {
        assertThatThrownBy(() -> LiveRules.of(TestRoom.file("test-room").member("publisher")))
                .isInstanceOfSatisfying(
                        AgentException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContaining("mode file")
                .hasMessageContaining("needs mode live");
    }

    @Test
    void of_policyOfModeLive_isTaken() throws AgentException {
        assertThat(LiveRules.of(TestRoom.live("test-room").member("publisher"))).isNotNull();
    }

    @Test
    void options_defaults() {
        assertThat(ProducerOptions.DEFAULT)
                .isEqualTo(
                        new ProducerOptions(
                                10_000, 1_000, Duration.ofMillis(20), Duration.ofSeconds(10)));
    }

    @Test
    void options_notPositive_areRefused() {
        Duration zero = Duration.ZERO;

        assertThatThrownBy(() -> new ProducerOptions(0, 1, zero, zero))
                .hasMessageContaining("bufferEvents must be positive, got 0");
        assertThatThrownBy(() -> new ProducerOptions(1, 0, zero, zero))
                .hasMessageContaining("transactionRecords must be positive, got 0");
        assertThatThrownBy(() -> new ProducerOptions(1, 1, Duration.ofMillis(-1), zero))
                .hasMessageContaining("linger must not be negative");
        assertThatThrownBy(() -> new ProducerOptions(1, 1, zero, Duration.ofMillis(-1)))
                .hasMessageContaining("closeWait must not be negative");
    }
}
