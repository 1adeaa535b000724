package io.sealroom.partner.event;

import io.sealroom.schemas.policy.Policy;

/** Policies that the rules of this version refuse, and its formats already carry. */
public final class TestPolicies {

    private TestPolicies() {}

    /** The same with another K and epochs of another length. */
    public static Policy withLookback(Policy p, int lookbackEpochs, long epochMillis) {
        return new Policy(
                p.room(),
                p.semantics(),
                p.mode(),
                p.startMillis(),
                p.endMillis(),
                p.sliceMillis(),
                epochMillis,
                p.maxAheadMillis(),
                p.graceMillis(),
                lookbackEpochs,
                p.region(),
                p.finalityDepth(),
                p.pendingAlarmMillis(),
                p.quota(),
                p.quorum(),
                p.ledger(),
                p.partners(),
                p.nodes(),
                p.auditors(),
                p.cells(),
                p.queries());
    }
}
