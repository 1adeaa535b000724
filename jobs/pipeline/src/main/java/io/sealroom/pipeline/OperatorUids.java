package io.sealroom.pipeline;

/**
 * Uids of all operators. State in savepoints is found by them, so this list is only ever appended
 * to: a uid is never renamed, and never used again for something else.
 */
final class OperatorUids {

    /** One source a partner: its events topic. */
    static final String SOURCE_PREFIX = "source-";

    static final String ROUTE_PREFIX = "route-";

    /** Conversions of K = 1. */
    static final String ADMIT = "admit";

    static final String MATCH = "match";
    static final String ATTRIBUTE = "attribute";
    static final String COMBINE = "combine";
    static final String COMBINE_CREDITS = "combine-credits";
    static final String TOTALS = "totals";
    static final String VERDICTS_PREFIX = "verdicts-";
    static final String RELEASE = "release";
    static final String PENDING_SINK = "pending-sink";
    static final String REJECTS_SINK = "rejects-sink";
    static final String WITHHELD_SINK = "withheld-sink";

    static final String PENDING_SOURCE = "pending-source";
    static final String PENDING_CHECK = "pending-check";
    static final String CONTRACT_SINK = "contract-sink";
    static final String RECEIPT_SOURCE = "receipt-source";
    static final String RELEASE_GATE = "release-gate";

    /** Reserved: Kafka's own sink kept transactions under it. */
    static final String RELEASES_SINK = "releases-sink";

    static final String GATE_WITHHELD_SINK = "gate-withheld-sink";

    static final String SIGNATURE_SOURCE = "signature-source";
    static final String SIGNATURE_CHECK = "signature-check";
    static final String QUORUM_SIGNATURES = "quorum-signatures";
    static final String QUORUM_RECEIPTS = "quorum-receipts";
    static final String QUORUM = "quorum";
    static final String SIGNATURES_SINK = "signatures-sink";

    static final String RELEASES_TOPIC_SINK = "releases-topic-sink";

    static final String COMBINE_CUTS = "combine-cuts";

    // Of replays, which keep no state.
    static final String REPLAY_COUNT_PREFIX = "replay-count-";
    static final String REPLAY_PENDING = "replay-pending";
    static final String REPLAY_WITHHELD = "replay-withheld";

    private OperatorUids() {}
}
