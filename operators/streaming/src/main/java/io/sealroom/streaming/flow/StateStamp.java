package io.sealroom.streaming.flow;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * What keyed state of a stage must have been written by: it is read only by a build that knows its
 * layout, and only under the policy whose queries and partners its numbers stand for.
 *
 * <p>The stamp is broadcast state: each subtask writes one, and at any parallelism each finds
 * exactly one again, also in place of a subtask that had finished. So it does not grow over
 * restores, and state without a stamp is state from before there were stamps.
 *
 * @param stage for people
 * @param layout version of what the stage keeps; another one needs a migration
 * @param policyHash hash of the policy
 */
public record StateStamp(String stage, int layout, Bytes32 policyHash) {

    private static final MapStateDescriptor<String, String> STAMP =
            new MapStateDescriptor<>("stamp", Types.STRING, Types.STRING);
    private static final String LAYOUT = "layout";
    private static final String POLICY = "policy";

    /**
     * The stamp of a stage under a policy.
     *
     * @param policyJson {@link io.sealroom.schemas.policy.Policy#canonicalJson}: what is hashed, so
     *     it need not be read and judged a second time
     */
    public static StateStamp of(String stage, int layout, String policyJson) {
        return new StateStamp(stage, layout, Digests.keccak256(Lp.text(policyJson)));
    }

    /**
     * Holds restored state against this stamp and stamps what will be written.
     *
     * @throws SuppressRestartsException if the state has another stamp or none: the same state
     *     would be refused at every restart
     */
    void require(FunctionInitializationContext context) throws Exception {
        BroadcastState<String, String> stamp =
                context.getOperatorStateStore().getBroadcastState(STAMP);
        if (context.isRestored()) {
            requireLayout(stamp.get(LAYOUT));
            requirePolicy(stamp.get(POLICY));
        }
        stamp.put(LAYOUT, Integer.toString(layout));
        stamp.put(POLICY, policyHash.toHex());
    }

    private void requireLayout(@Nullable String found) {
        if (!Integer.toString(layout).equals(found)) {
            throw refusal(
                    String.format(
                            "state of the stage %s has %s, this build reads layout %d: restore it"
                                    + " with the Sealroom version that wrote it, or start the job"
                                    + " without this savepoint",
                            stage,
                            found == null ? "no stamp of its layout" : "layout " + found,
                            layout));
        }
    }

    private void requirePolicy(@Nullable String found) {
        if (!policyHash.toHex().equals(found)) {
            throw refusal(
                    String.format(
                            "state of the stage %s was written under the policy with hash %s, this"
                                    + " job has the one with hash %s: start the job without this"
                                    + " savepoint, or with the policy it was taken under",
                            stage, found, policyHash));
        }
    }

    private static SuppressRestartsException refusal(String message) {
        return new SuppressRestartsException(new IllegalStateException(message));
    }
}
