package io.sealroom.partner;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells a run to end: interrupts its work, or ends its waiting. May be given at any time. */
final class StopSignal {

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable Thread working;
    private boolean interrupted;

    /** Ends the run; a second signal does nothing. */
    synchronized void stop() {
        stopped.complete(null);
        interruptWork();
    }

    /** Ends the work under way, if there is any, without being a signal to stop. */
    synchronized void interruptWork() {
        if (working != null) {
            interrupted = true;
            working.interrupt();
        }
    }

    boolean isStopped() {
        return stopped.isDone();
    }

    /** Completes with the signal. */
    CompletableFuture<Void> stopped() {
        return stopped;
    }

    /**
     * From now on the signal interrupts this thread.
     *
     * @throws InterruptedException if it was given before
     */
    synchronized void beginWork() throws InterruptedException {
        if (isStopped()) {
            throw new InterruptedException("stopped");
        }
        working = Thread.currentThread();
    }

    /** From now on the signal interrupts nobody. */
    synchronized void endWork() {
        working = null;
        if (interrupted) {
            interrupted = false;
            // Ours, if it came at all: the caller still has things to close.
            Thread.interrupted();
        }
    }
}
