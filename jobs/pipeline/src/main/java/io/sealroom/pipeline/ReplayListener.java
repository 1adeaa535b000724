package io.sealroom.pipeline;

import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.release.PendingRelease;
import java.io.IOException;
import java.util.Map;

/** Gets what a {@link Replay} finds, on the thread that runs it. */
public interface ReplayListener {

    /** A window of a query that the node would have published. */
    void released(PendingRelease release);

    /**
     * A window of a query that it would have withheld. {@code INCOMPLETE} says no more than that
     * the topics hold no seal yet that closes it.
     */
    void withheld(Withheld withheld);

    /** Whether what is still to come is not wanted: then the replay ends before its end. */
    boolean satisfied();

    /**
     * Called about once a second, whether or not anything came.
     *
     * @param counts by partner, some seconds old
     * @throws IOException to end the replay
     */
    void progress(Map<String, ReplayCounts> counts) throws IOException;
}
