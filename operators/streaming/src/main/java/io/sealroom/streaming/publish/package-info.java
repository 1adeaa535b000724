/**
 * From pending releases to releases: the parts of PublishJob.
 *
 * <pre>
 * pending topic -> PendingCheckFunction -+-> ContractSink ---------------> publish() on chain
 *                                        |                                     |
 *                                        +-> ReleaseGate &lt;- ReceiptSource &lt;- final blocks
 *                                               |       \
 *                                            releases   withheld
 * </pre>
 *
 * <p>The chain alone decides: the gate believes events of final blocks and nothing the sink was
 * told. An outage of the chain stalls neither checkpoints nor CleanRoomJob; what waits is state.
 */
@NullMarked
package io.sealroom.streaming.publish;

import org.jspecify.annotations.NullMarked;
