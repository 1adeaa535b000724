package io.sealroom.streaming.publish;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Brings to the contract what a quorum of nodes signed, without ever making the task wait.
 *
 * <p>Input: lists of one window's releases with the signatures of a quorum, at least once. One list
 * is one transaction. What the contract has not settled is state, and is offered again after a
 * restore: harmless, because the contract keeps the first hash and says so. A checkpoint waits for
 * nothing; the end of input waits until everything is settled.
 *
 * <table>
 * <caption>What becomes of an offer</caption>
 * <tr><th>the contract, of a release in the list</th><th>the sink</th></tr>
 * <tr><td>recorded it, in a final block</td><td>done</td></tr>
 * <tr><td>held this hash already</td><td>done, counted</td></tr>
 * <tr><td>holds another, or other totals of the window</td><td>done, alarm; the gate withholds the
 * release</td></tr>
 * <tr><td>withholds it, the budget cannot pay</td><td>done, alarm; the gate withholds the release
 * </td></tr>
 * <tr><th>the contract, of the list</th><th>the sink</th></tr>
 * <tr><td>does not answer, underpriced, not final yet, room not active yet</td><td>the list is tried
 * again with a growing pause</td></tr>
 * <tr><td>refuses it</td><td>alarm; the list stays in the state, offered again at the next start
 * </td></tr>
 * <tr><td>is another room</td><td>the job fails for good</td></tr>
 * </table>
 *
 * <p>A list is done when all its releases are; they differ in their outcome. A refusal follows from
 * the offer and the contract's immutable configuration: a policy that is not the contract's, nodes
 * that are not its nodes, a window after a partner left. No retry helps, and whatever does help
 * takes a restart, which offers again. The window is not called withheld: that would be for good,
 * and it is the operator's to mend. Nothing is released meanwhile, and the gate raises its own
 * alarm.
 *
 * <p>State: the pending releases and signatures of each list that is not settled; the windows of
 * the room bound it. Parallelism 1: the node's key has one sequence of transactions.
 */
public final class ContractSink
        implements Sink<QuorumOffer>, SupportsWriterState<QuorumOffer, QuorumOffer> {

    private static final long serialVersionUID = 1;

    private final RoomContractFactory factory;
    private final OfferPace pace;

    /**
     * @param factory connection to the contract that can send
     * @param pace when to try again
     */
    public ContractSink(RoomContractFactory factory, OfferPace pace) {
        pace.options();
        this.factory = factory;
        this.pace = pace;
    }

    @Override
    public StatefulSinkWriter<QuorumOffer, QuorumOffer> createWriter(WriterInitContext context)
            throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<QuorumOffer, QuorumOffer> restoreWriter(
            WriterInitContext context, Collection<QuorumOffer> state) throws IOException {
        return new ContractWriter(
                new FinalityRoom(factory.open()),
                pace.options(),
                context.getMailboxExecutor(),
                context.metricGroup(),
                List.copyOf(state));
    }

    @Override
    public SimpleVersionedSerializer<QuorumOffer> getWriterStateSerializer() {
        return new QuorumOfferSerializer();
    }
}
