package io.sealroom.partner.tokens;

import static io.sealroom.partner.tokens.LivePolicy.HOUR;
import static io.sealroom.partner.tokens.LivePolicy.MINUTE;
import static io.sealroom.partner.tokens.LivePolicy.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.Policy;
import org.junit.jupiter.api.Test;

class OpenEpochsTest {

    private static final long NOTHING_LAGS = Long.MAX_VALUE;
    private final Policy policy = LivePolicy.of(0, 1000);
    private final long first = policy.firstEpoch();
    private final OpenEpochs epochs = new OpenEpochs(policy);

    @Test
    void at_middleOfAnEpoch_isThisOne() {
        assertThat(epochs.at(START + 90 * MINUTE, NOTHING_LAGS)).containsExactly(first + 1);
    }

    /** Its last slice is sealed grace after its end. */
    @Test
    void at_beginningOfAnEpoch_isTheLastTooWhileASliceIsOpen() {
        long end = START + HOUR;

        assertThat(epochs.at(end + 11 * MINUTE - 1, NOTHING_LAGS))
                .containsExactly(first, first + 1);
        assertThat(epochs.at(end + 11 * MINUTE, NOTHING_LAGS)).containsExactly(first + 1);
    }

    @Test
    void at_lessThanMaxAheadBeforeTheNext_isTheNextToo() {
        long end = START + HOUR;

        assertThat(epochs.at(end - 20 * MINUTE - 1, NOTHING_LAGS)).containsExactly(first);
        assertThat(epochs.at(end - 20 * MINUTE, NOTHING_LAGS)).containsExactly(first, first + 1);
    }

    @Test
    void at_lookBack_isTheEpochBeforeToo() {
        OpenEpochs twoSlots = new OpenEpochs(LivePolicy.of(1, 1000));

        assertThat(twoSlots.at(START + 90 * MINUTE, NOTHING_LAGS))
                .containsExactly(first, first + 1);
        assertThat(twoSlots.at(START + 30 * MINUTE, NOTHING_LAGS)).containsExactly(first);
    }

    @Test
    void at_ownSealsLag_isWhatTheyLagBackToAsFarAsItIsEvaluated() {
        long now = START + 3 * HOUR + 30 * MINUTE;

        assertThat(epochs.at(now, START + 3 * HOUR - 1)).containsExactly(first + 2, first + 3);
        assertThat(epochs.at(now, START + 1)).containsExactly(first + 2, first + 3);
        assertThat(epochs.at(now, START + 3 * HOUR)).containsExactly(first + 3);
    }

    @Test
    void at_beforeAndAfterTheRoom_isNone() {
        assertThat(epochs.at(START - 20 * MINUTE - 1, NOTHING_LAGS)).isEmpty();
        assertThat(epochs.at(START - 20 * MINUTE, NOTHING_LAGS)).containsExactly(first);
        long end = START + 4 * HOUR;
        assertThat(epochs.at(end + 11 * MINUTE - 1, NOTHING_LAGS)).containsExactly(first + 3);
        assertThat(epochs.at(end + 11 * MINUTE, NOTHING_LAGS)).isEmpty();
        assertThat(epochs.first(end + 11 * MINUTE, NOTHING_LAGS)).isEqualTo(first + 4);
    }

    /** Counted tick by tick: the sum is never above what a cadence is held against. */
    @Test
    void batchesPerEpoch_anyPeriod_isNeverLessThanWhatLeaves() {
        for (int lookback = 0; lookback <= 1; lookback++) {
            OpenEpochs open = new OpenEpochs(LivePolicy.of(lookback, 1000));
            for (long seconds : new long[] {1, 7, 60, 61, 599, 601, 3600}) {
                long period = 1000 * seconds;
                long most = 0;
                for (long epoch = first - 1; epoch <= first + 4; epoch++) {
                    long sent = 0;
                    long tick = -Math.floorDiv(-epoch * HOUR, period) * period;
                    for (long now = tick; now < (epoch + 1) * HOUR; now += period) {
                        sent += open.at(now, NOTHING_LAGS).size();
                    }
                    most = Math.max(most, sent);
                }
                assertThat(open.batchesPerEpoch(period))
                        .as("K %d, period %d s", lookback, seconds)
                        .isBetween(most, most + 3 + lookback);
            }
        }
    }
}
