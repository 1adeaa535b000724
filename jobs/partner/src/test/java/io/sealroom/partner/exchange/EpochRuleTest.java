package io.sealroom.partner.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.schemas.policy.Policy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EpochRuleTest {

    @Test
    void allows_fileMode_everyEpochOfTheRoomWhateverTheClock() {
        Policy policy = TestRoom.file("test-room").policy();
        EpochRule rule = new EpochRule(policy, clockAt(0));

        assertThat(rule.allows(policy.firstEpoch())).isTrue();
        assertThat(rule.allows(policy.firstEpoch() - 1)).isFalse();
        assertThat(rule.allows(policy.lastEpoch() + 1)).isFalse();
    }

    @Test
    void allows_live_fromOneEpochBeforeToOneAfter() {
        Policy policy = TestRoom.live("test-room").policy();
        long epoch = policy.firstEpoch();
        long length = policy.epochMillis();

        assertThat(new EpochRule(policy, clockAt((epoch - 2) * length)).allows(epoch)).isFalse();
        assertThat(new EpochRule(policy, clockAt((epoch - 1) * length)).allows(epoch)).isTrue();
        assertThat(new EpochRule(policy, clockAt((epoch + 2) * length - 1)).allows(epoch)).isTrue();
        assertThat(new EpochRule(policy, clockAt((epoch + 2) * length)).allows(epoch)).isFalse();
    }

    @Test
    void mayBeAllowed_live_twoMinutesBeforeItIs() {
        Policy policy = TestRoom.live("test-room").policy();
        long epoch = policy.firstEpoch();
        long begin = (epoch - 1) * policy.epochMillis();
        long end = (epoch + 2) * policy.epochMillis();

        assertThat(new EpochRule(policy, clockAt(begin - 120_001)).mayBeAllowed(epoch)).isFalse();
        assertThat(new EpochRule(policy, clockAt(begin - 120_000)).mayBeAllowed(epoch)).isTrue();
        assertThat(new EpochRule(policy, clockAt(end - 1)).mayBeAllowed(epoch)).isTrue();
        assertThat(new EpochRule(policy, clockAt(end)).mayBeAllowed(epoch)).isFalse();
    }

    @Test
    void mayBeAllowed_fileMode_never() {
        Policy policy = TestRoom.file("test-room").policy();

        assertThat(new EpochRule(policy, clockAt(0)).mayBeAllowed(policy.firstEpoch())).isFalse();
    }

    @Test
    void nextEpochBegins_isTheEndOfTheClocksEpoch() {
        Policy policy = TestRoom.file("test-room").policy();
        long length = policy.epochMillis();

        assertThat(new EpochRule(policy, clockAt(5 * length)).nextEpochBegins())
                .isEqualTo(Instant.ofEpochMilli(6 * length));
    }

    private static Clock clockAt(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
