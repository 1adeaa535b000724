package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Decoded;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets only lists that a node of the policy signed reach the quorum.
 *
 * <p>Input: values of the signatures topic, which every node writes to, at least once. Output: the
 * same lists, with the node that signed. Refused, with an alarm (at most {@link #ALARMS_MAX}) and a
 * counter: bytes that do not decode; a window that the policy has not; a list that is neither all
 * queries of the window in policy order nor one of them, so that what there is to remember of a
 * node is bounded; a signature that recovers to no node of the policy, which one over another
 * room's or policy's list does too. A refused record is dropped. The Kafka key is not read. No
 * state.
 *
 * <p>A record costs at most the decoding of what the codec takes and one recovery. How many there
 * are is for whoever can write to the topic to say, and so is what one costs the consumer before it
 * comes here: the topic's max.message.bytes bounds a batch as it is compressed, not the records in
 * it. Only the broker keeps such a writer from slowing the job down or filling its memory: by who
 * may write, and by quotas.
 */
public final class SignatureCheckFunction extends ProcessFunction<byte[], CheckedSignature> {

    /** Alarms since the start; what is refused beyond is only counted. */
    static final int ALARMS_MAX = 100;

    private static final long serialVersionUID = 1;

    private final RoomReference room;
    private final String policyJson;

    private transient RoomIdentity identity;
    private transient QuorumPlan plan;

    /** Read by tests. */
    transient Counter refused;

    /**
     * @param room what signatures must be bound to
     * @param policyJson the policy's canonical JSON
     */
    @SuppressWarnings("NullAway.Init") // Transient fields are made in open.
    public SignatureCheckFunction(RoomIdentity room, String policyJson) {
        this.room = RoomReference.of(room);
        this.policyJson = policyJson;
    }

    @Override
    public void open(OpenContext context) {
        identity = room.identity();
        plan = new QuorumPlan(Policy.fromCanonicalJson(policyJson));
        refused = getRuntimeContext().getMetricGroup().counter("signaturesRefused");
    }

    @Override
    public void processElement(byte[] value, Context context, Collector<CheckedSignature> out) {
        Decoded<SignedReleases> decoded = Codecs.SIGNED_RELEASES.decode(value);
        if (decoded instanceof Decoded.Ok<SignedReleases> ok) {
            check(ok.record(), out);
        } else if (decoded instanceof Decoded.Refused<SignedReleases> fault) {
            refuse(fault.fault().name());
        }
    }

    private void check(SignedReleases signed, Collector<CheckedSignature> out) {
        List<Bytes32> stated = signed.releases().stream().map(ReleaseEntry::query).toList();
        WindowBounds window = new WindowBounds(signed.start(), signed.end());
        List<Bytes32> queries = plan.queries(window);
        if (queries.isEmpty()) {
            refuse("no window of the policy: " + window);
            return;
        }
        boolean one = stated.size() == 1 && queries.contains(stated.get(0));
        if (!one && !stated.equals(queries)) {
            refuse("neither all queries of its window in policy order nor one of them");
            return;
        }
        byte[] signature = signed.signature().toBytes();
        Optional<Address> signer = Secp256k1.recover(signed.digest(identity), signature);
        OptionalInt node = signer.map(plan::node).orElse(OptionalInt.empty());
        if (node.isEmpty()) {
            refuse("signed by no node of the policy, or for another room or policy");
            return;
        }
        out.collect(new CheckedSignature(node.getAsInt(), window, signed.releases(), signature));
    }

    private void refuse(String why) {
        refused.inc();
        if (refused.getCount() <= ALARMS_MAX) {
            PublishLog.signatureRefused(why);
        }
    }
}
