package io.sealroom.streaming.match;

import io.sealroom.streaming.flow.Contribution;
import io.sealroom.streaming.flow.MatchedConversion;

/** Where the findings about a token go; also what does not count for it. */
interface MatchOutput extends EventsCap.Cuts {

    /** A window of overlap is over. */
    void add(Contribution contribution);

    /** A conversion is admitted. */
    void add(MatchedConversion conversion);
}
