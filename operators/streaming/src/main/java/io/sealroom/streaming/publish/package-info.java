/**
 * From pending releases to releases: the parts of PublishJob.
 *
 * <pre>
 * pending topic -> PendingCheckFunction -+-> QuorumFunction -> ContractSink -> publish() on chain
 *                                        |     |  ^  ^                             |
 *       signatures topic &lt;- signed -------------+  |  |                             |
 *            |                           |        |  |                             |
 *            +-> SignatureCheckFunction ----------+  |                             |
 *                                        |           |                             |
 *                                        |           +- ReceiptSource &lt;- final blocks
 *                                        |                    |
 *                                        +---> ReleaseGate &lt;--+
 *                                                |       \
 *                                             releases   withheld
 * </pre>
 *
 * <p>Nodes compute the same from the same topics, each alone; what they exchange are signatures
 * over release hashes. A node offers what a quorum of nodes, of which it need not be one, signed
 * and it computed itself; which node's transaction is recorded makes no difference. The chain alone
 * decides: the gate believes events of final blocks and nothing the sink was told. An outage of the
 * chain stalls neither checkpoints nor CleanRoomJob; what waits is state.
 */
@NullMarked
package io.sealroom.streaming.publish;

import org.jspecify.annotations.NullMarked;
