package io.sealroom.cli.verify;

import java.util.List;

/** What verification found of one line. */
public sealed interface Verdict {

    /** Everything that was checked holds. */
    record Verified() implements Verdict {}

    /**
     * Something does not hold.
     *
     * @param faults at least one
     */
    record Mismatch(List<String> faults) implements Verdict {

        public Mismatch {
            faults = List.copyOf(faults);
        }
    }

    /** Consistent in itself, but the chain was not asked or did not answer. */
    record Unchecked() implements Verdict {}
}
