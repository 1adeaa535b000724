package io.sealroom.local.chaos;

import java.util.Locale;

/** The processes of a run. */
enum PartName {
    BROKER,
    CHAIN_ENDPOINT,
    JOB_MANAGER,
    TASK_MANAGER_ONE,
    TASK_MANAGER_TWO,
    PUBLISHER,
    ADVERTISER;

    /** As printed, and as the name of its log. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
