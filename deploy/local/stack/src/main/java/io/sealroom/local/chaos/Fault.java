package io.sealroom.local.chaos;

import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param atMillis when, after the start of the schedule
 * @param kind what is done
 * @param part to whom; of a rescaling it is the JobManager that is asked
 * @param holdMillis from the kill to the new process, or from SIGSTOP to SIGCONT; 0 for a rescaling
 * @param parallelism of the computation afterwards; 0 but for a rescaling
 */
record Fault(long atMillis, FaultKind kind, PartName part, long holdMillis, int parallelism) {

    /** One line, for people. */
    String describe() {
        String what =
                switch (kind) {
                    case KILL ->
                            String.format(
                                    Locale.ROOT,
                                    "kill -9 %s, start it after %.1f s",
                                    part.label(),
                                    holdMillis / 1000.0);
                    case STOP ->
                            String.format(
                                    Locale.ROOT,
                                    "stop %s for %.1f s",
                                    part.label(),
                                    holdMillis / 1000.0);
                    case RESCALE -> "savepoint, then parallelism " + parallelism;
                };
        return String.format(Locale.ROOT, "%6.1f s  %s", atMillis / 1000.0, what);
    }
}
