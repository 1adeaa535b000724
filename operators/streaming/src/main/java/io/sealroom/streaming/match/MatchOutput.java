package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;
import io.sealroom.streaming.flow.PartnerTouches;
import io.sealroom.streaming.flow.Probe;
import io.sealroom.streaming.flow.waiting.EventsCap;
import java.util.List;

/** Where the findings about a token go; also what does not count for it. */
interface MatchOutput extends EventsCap.Cuts {

    /** A window of overlap is over, a cap cut the token, or the token is a converter of a cell. */
    void add(Contribution contribution);

    /** A conversion is admitted. */
    void add(MatchedConversion conversion);

    /** What a token has for a conversion. */
    default void answer(Probe probe, List<PartnerTouches> touches) {
        add(
                new MatchedConversion(
                        probe.partner(),
                        probe.token(),
                        probe.eventId(),
                        probe.time(),
                        probe.value(),
                        probe.queries(),
                        touches));
    }
}
