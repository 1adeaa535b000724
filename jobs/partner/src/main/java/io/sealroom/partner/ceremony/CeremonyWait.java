package io.sealroom.partner.ceremony;

import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for a ceremony to be complete, for as long as it takes, and says what for. */
public final class CeremonyWait {

    private final Ceremony ceremony;
    private final Duration interval;
    private final Consumer<String> progress;
    private final CeremonyMetrics metrics;

    /**
     * @param interval between two looks at the chain
     * @param progress gets a line whenever it waits for something else than before
     */
    public CeremonyWait(
            Ceremony ceremony,
            Duration interval,
            Consumer<String> progress,
            CeremonyMetrics metrics) {
        this.ceremony = ceremony;
        this.interval = interval;
        this.progress = progress;
        this.metrics = metrics;
    }

    /**
     * Returns when it is complete.
     *
     * @throws AgentException if the room can never be used
     */
    public CeremonyState.Complete await() throws AgentException, InterruptedException {
        metrics.complete(false);
        String said = "";
        while (true) {
            String waitsFor;
            try {
                CeremonyState state = ceremony.check();
                if (state instanceof CeremonyState.Complete complete) {
                    metrics.complete(true);
                    return complete;
                }
                if (state instanceof CeremonyState.Refused refused) {
                    throw AgentException.badInput(
                            "the ceremony is refused (%s): %s", refused.reason(), refused.detail());
                }
                waitsFor = "the ceremony: " + ((CeremonyState.NotActive) state).text();
            } catch (IOException e) {
                // Not its message: the endpoint's address may hold a credential.
                metrics.chainFailed();
                waitsFor = "the chain endpoint, which does not answer";
            }
            if (!waitsFor.equals(said)) {
                progress.accept("waits for " + waitsFor);
                said = waitsFor;
            }
            Thread.sleep(interval.toMillis());
        }
    }
}
