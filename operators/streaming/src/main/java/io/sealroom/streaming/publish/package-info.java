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
 *                                       ReleasesSink     withheld
 *                                                |
 *                                             releases
 * </pre>
 *
 * <p>Nodes compute the same from the same topics, each alone; what they exchange are signatures
 * over release hashes. A node offers what a quorum of nodes, of which it need not be one, signed
 * and it computed itself; which node's transaction is recorded makes no difference. The chain alone
 * decides: the gate believes events of final blocks and nothing the sink was told. An outage of the
 * chain stalls neither checkpoints nor CleanRoomJob; what waits is state.
 *
 * <p>What can happen on the way to the contract, what becomes of the window, what an operator sees
 * of it, and the test that shows it on a real chain:
 *
 * <table>
 * <caption>Outcomes; tests are of {@code PublishOutcomesITCase} where no class is named</caption>
 * <tr><th>what happens</th><th>verdict</th><th>to be seen</th><th>test</th></tr>
 * <tr><td>endpoint down for long</td><td>waits, pauses grow to a bound; released when it is
 * back</td><td>{@code offerRetries}, {@code offersWaiting}, {@code endpointFailures} rise; log
 * ENDPOINT_AWAY</td><td>{@code endpointDownForLong}, {@code
 * ReceiptSourceTest.connectionThatCannotBeOpened}</td></tr>
 * <tr><td>the same, while checkpoints go on</td><td>they complete: nothing waits in a
 * task</td><td>checkpoints, as ever</td><td>{@code PublishKillsITCase.endpointAway}</td></tr>
 * <tr><td>somebody else used the next number of the node's key</td><td>sent with the one
 * after</td><td>nothing</td><td>{@code numberTakenByAnother}</td></tr>
 * <tr><td>a transaction is gone from the pool, later ones wait behind the gap</td><td>filled after
 * {@code stuckAfterMillis}</td><td>log: in no block, outbid</td><td>{@code
 * gapBelowWhatWasSent}</td></tr>
 * <tr><td>the chain asks for more than {@code --max-fee-gwei}</td><td>waits until fees fall</td><td>{@code
 * offerRetries}; log UNDERPRICED with both fees</td><td>{@code feesAboveTheMost}</td></tr>
 * <tr><td>fees rise over what was offered</td><td>outbid after {@code stuckAfterMillis}</td>
 * <td>log: in no block, outbid</td><td>{@code feesRiseUnderWay}</td></tr>
 * <tr><td>a reorganisation removes the transaction</td><td>sent again; released
 * once</td><td>nothing, or log: in no block</td><td>{@code reorganisedAway}</td></tr>
 * <tr><td>offered again after a restore</td><td>done</td><td>{@code offersAlreadyThere}</td>
 * <td>{@code restoredAfterItWasRecorded}</td></tr>
 * <tr><td>another node published it</td><td>done</td><td>{@code offersAlreadyThere}</td>
 * <td>{@code publishedByAnotherNode}</td></tr>
 * <tr><td>another hash is recorded</td><td>that window withheld, CONFLICT; others go
 * on</td><td>alarms of sink and gate; {@code offersInConflict}, {@code withheld}</td><td>{@code
 * otherHashRecorded}</td></tr>
 * <tr><td>the budget cannot pay</td><td>withheld, BUDGET; others go on</td><td>alarms of sink and
 * gate; {@code offersWithheld}, {@code withheld}</td><td>{@code budgetCannotPay}</td></tr>
 * <tr><td>the contract refuses the list</td><td>kept, offered again at the next start; others go
 * on</td><td>alarms of sink and gate; {@code offersRefused}, {@code
 * pendingOverdue}</td><td>{@code refused_kept}</td></tr>
 * <tr><td>wrong chain id, or no such contract</td><td>the job fails for good</td><td>the job's
 * failure says which</td><td>{@code wrongChainId}, {@code noSuchContract}; {@code
 * PublishPartsITCase.wrongChain}</td></tr>
 * <tr><td>the job is killed while it publishes, or starts without state</td><td>each window once on
 * the releases topic, the same bytes</td><td>{@code repeatsDropped} of the releases
 * sink</td><td>{@code PublishKillsITCase.killedWhilePublishing}, {@code
 * ReleasesSinkTest}</td></tr>
 * </table>
 */
@NullMarked
package io.sealroom.streaming.publish;

import org.jspecify.annotations.NullMarked;
