package io.sealroom.partner.metrics;

import java.util.Locale;

/** What became of an event of the input. */
public enum InputOutcome {
    SENT,
    /** The topic held it from an earlier run, or from an earlier copy. */
    ALREADY_SENT,
    REJECTED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
