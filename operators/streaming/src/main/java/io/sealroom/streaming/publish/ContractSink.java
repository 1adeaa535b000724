package io.sealroom.streaming.publish;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.RoomContract;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Offers releases to the contract, signed by this node, without ever making the task wait.
 *
 * <p>Input: checked pending releases, at least once. What the contract has not settled is state,
 * and is offered again after a restore: harmless, because the contract keeps the first hash and
 * says so. A checkpoint waits for nothing; the end of input waits until everything is settled.
 *
 * <table>
 * <caption>What becomes of an offer</caption>
 * <tr><th>the contract</th><th>the sink</th></tr>
 * <tr><td>recorded it, in a final block</td><td>done</td></tr>
 * <tr><td>held this hash already</td><td>done, counted</td></tr>
 * <tr><td>holds another</td><td>done, alarm; the gate withholds the window</td></tr>
 * <tr><td>does not answer, underpriced, not final yet, not approved yet</td><td>tried again with a
 * growing pause</td></tr>
 * <tr><td>refuses it</td><td>alarm; stays in the state, offered again at the next start</td></tr>
 * <tr><td>is another room</td><td>the job fails for good</td></tr>
 * </table>
 *
 * <p>A refusal follows from the offer and the contract's immutable configuration: a wrong node key,
 * a quorum larger than this node alone, a policy that is not the contract's. No retry helps, and
 * whatever does help takes a restart, which offers again. The window is not called withheld: that
 * would be for good, and it is the operator's to mend. Nothing is released meanwhile, and the gate
 * raises its own alarm.
 *
 * <p>State: one pending release for each window that is not settled; the windows of the room bound
 * it. Parallelism 1: the node's key has one sequence of transactions. A quorum of one: signatures
 * of other nodes are not collected.
 */
public final class ContractSink
        implements Sink<CheckedPending>, SupportsWriterState<CheckedPending, byte[]> {

    private static final long serialVersionUID = 1;

    private final RoomContractFactory factory;
    private final NodeKey key;
    private final OfferPace pace;

    /**
     * @param factory connection to the contract that can send
     * @param key what the node signs releases with
     * @param pace when to try again
     */
    public ContractSink(RoomContractFactory factory, NodeKey key, OfferPace pace) {
        pace.options();
        this.factory = factory;
        this.key = key;
        this.pace = pace;
    }

    @Override
    public StatefulSinkWriter<CheckedPending, byte[]> createWriter(WriterInitContext context)
            throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<CheckedPending, byte[]> restoreWriter(
            WriterInitContext context, Collection<byte[]> state) throws IOException {
        List<CheckedPending> unsettled = state.stream().map(CheckedPending::restored).toList();
        ChainSigner signer = key.load();
        RoomContract room = new FinalityRoom(factory.open());
        return new ContractWriter(
                room,
                new OfferSigner(signer, room.location()),
                pace.options(),
                context.getMailboxExecutor(),
                context.metricGroup(),
                unsettled);
    }

    @Override
    public SimpleVersionedSerializer<byte[]> getWriterStateSerializer() {
        return new PendingBytesSerializer();
    }
}
