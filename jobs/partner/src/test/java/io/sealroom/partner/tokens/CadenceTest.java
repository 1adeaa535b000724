package io.sealroom.partner.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.schemas.policy.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadenceTest {

    /** 60 ticks, 11 with the last epoch too, 20 with the next: 91 batches of 10. */
    private static final long EXACTLY = 910;

    @Test
    void of_quotaIsJustEnough_isTaken() throws AgentException {
        Cadence cadence = Cadence.of(LivePolicy.of(0, EXACTLY), Duration.ofMinutes(1), 10);

        assertThat(cadence.period()).isEqualTo(Duration.ofMinutes(1));
        assertThat(cadence.size()).isEqualTo(10);
        assertThat(cadence).hasToString("10 elements every PT1M");
    }

    @Test
    void of_oneElementTooMany_isRefusedWithTheNumbersAndWhatFits() throws AgentException {
        Policy policy = LivePolicy.of(0, EXACTLY - 1);

        assertThatThrownBy(() -> Cadence.of(policy, Duration.ofMinutes(1), 10))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("10 elements every PT1M")
                .hasMessageContaining("910")
                .hasMessageContaining("909")
                .hasMessageContaining("shortest period that fits is PT1M2S");
        assertThat(Cadence.of(policy, Duration.ofSeconds(62), 10).size()).isEqualTo(10);
    }

    @Test
    void of_noPeriodFits_saysSo() {
        assertThatThrownBy(() -> Cadence.of(LivePolicy.of(0, 100), Duration.ofMinutes(1), 1000))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("only smaller batches");
    }

    @ParameterizedTest
    @CsvSource({"PT1M,0", "PT1M,1025", "PT0.049S,10", "PT1H0.001S,10", "PT-1S,10"})
    void of_outOfBounds_isRefused(Duration period, int size) {
        assertThatThrownBy(() -> Cadence.of(LivePolicy.of(0, 1L << 40), period, size))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("must be");
    }

    @ParameterizedTest
    @CsvSource({
        // Every second, though the quota would last for more often.
        "100000000,PT1S,64",
        // 91 batches a minute of 64 are half of 11648.
        "11648,PT1M,64",
        "11647,PT1M2S,64",
        // 2 + 6 + 2 batches of 64 in an hour are too many: smaller ones.
        "640,PT10M,32",
        "20,PT10M,1",
    })
    void byDefault_anyQuota_leavesHalfOfIt(long quota, Duration period, int size)
            throws AgentException {
        Cadence cadence = Cadence.byDefault(LivePolicy.of(0, quota));

        assertThat(cadence.period()).isEqualTo(period);
        assertThat(cadence.size()).isEqualTo(size);
    }

    /** A smaller batch leaves as much more often. */
    @Test
    void byDefault_sizeIsWanted_isOfThatSize() throws AgentException {
        Cadence cadence = Cadence.byDefault(LivePolicy.of(0, 11_648), 32);

        assertThat(cadence).hasToString("32 elements every PT30S");
    }

    @Test
    void byDefault_quotaOfNextToNothing_isRefused() {
        assertThatThrownBy(() -> Cadence.byDefault(LivePolicy.of(0, 19)))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("19");
    }

    /** The figure of TOKENS.md: three epochs of 28 days, ten minutes a slice, maxAhead an hour. */
    @Test
    void byDefault_exampleOfTheDocs_isWhatTheySay() throws AgentException {
        long end = TestRoom.START + Duration.ofDays(3 * 28).toMillis();
        Policy policy =
                Policy.fromCanonicalJson(
                        TestRoom.live("docs")
                                .policy()
                                .canonicalJson()
                                .replace("\"end\":" + TestRoom.END, "\"end\":" + end)
                                .replace("\"quota\":200000", "\"quota\":1000000"));

        assertThat(Cadence.byDefault(policy)).hasToString("64 elements every PT5M11S");
    }
}
