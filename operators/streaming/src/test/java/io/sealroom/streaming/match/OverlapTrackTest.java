package io.sealroom.streaming.match;

import static io.sealroom.streaming.match.MatchRoom.HOURLY;
import static io.sealroom.streaming.match.MatchRoom.POLICY;
import static io.sealroom.streaming.match.MatchRoom.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.policy.Loss;
import io.sealroom.schemas.policy.OverlapQuery;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverlapTrackTest {

    /**
     * Older versions restore what is written for policies that they know, so it must not change.
     */
    @Test
    void write_moreCellsThanTheCapWithoutACapsRow_asBeforeThereWereCapsRows() {
        assertThat(openWindow(null))
                .containsExactly(2, POLICY.startMillis(), 2L << 32 | 1, 1L << 32);
    }

    @Test
    void write_moreCellsThanTheCapWithACapsRow_noted() {
        assertThat(openWindow(Loss.epsilon("1")))
                .containsExactly(2, POLICY.startMillis(), Long.MIN_VALUE | 2L << 32 | 1, 1L << 32);
    }

    /** Of a token with three cells, one more than the cap, in the first window. */
    private static long[] openWindow(@Nullable Loss caps) {
        OverlapQuery query = (OverlapQuery) POLICY.queries().get(HOURLY);
        OverlapQuery capped =
                new OverlapQuery(
                        query.name(),
                        query.identifierKind(),
                        query.windowMillis(),
                        query.partners(),
                        query.exposing(),
                        query.windowsPerEpoch(),
                        query.cellsPerWindow(),
                        query.threshold(),
                        query.total(),
                        query.reach(),
                        query.cells(),
                        caps);
        OverlapTrack track = new OverlapTrack(new OverlapRows(POLICY, HOURLY, capped));
        for (int cell = 0; cell < 3; cell++) {
            track.see(PUBLISHER, POLICY.startMillis(), cell);
        }
        LongBuffer words = LongBuffer.allocate(track.words());
        track.write(words);
        return words.array();
    }
}
