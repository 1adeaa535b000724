/**
 * What {@code deploy/local/chaos} does: a whole room of OS processes that are killed, stopped and
 * started again on a seeded schedule while its partners produce, and the proof that nothing of it
 * shows in what comes out.
 *
 * <pre>
 *   deploy/local/chaos --seed 1 --minutes 10
 *   deploy/local/chaos --seed 7 --minutes 1 --backend rocksdb --keep
 * </pre>
 *
 * <p>Processes: a Kafka broker; a JobManager and two TaskManagers of a Flink session cluster, with
 * nothing on their class path but Flink; two partners' agents, each reading a raw topic of its own;
 * a forwarder that is the chain endpoint. Both jobs are submitted over REST, as the jar that a
 * cluster takes. A supervisor, like an operator's, starts what has ended and submits a job that the
 * JobManager does not know from the newest completed checkpoint or savepoint on disk.
 *
 * <p>Anvil behind the forwarder is never killed: it keeps its chain in memory, so that killing it
 * would not be an outage but another chain, which no client could survive and no real chain does.
 * Its outage is the forwarder's, killed or stopped.
 *
 * <p>A {@link io.sealroom.local.chaos.FaultSchedule} is a pure function of seed and minutes and is
 * printed first. What the parts do meanwhile depends on the machine, so the same seed gives the
 * same faults and not the same run.
 *
 * <p>At the end, after every window of every query is decided, {@link
 * io.sealroom.local.chaos.Findings} counts:
 *
 * <ul>
 *   <li><b>lost</b>: an event of a raw topic that stands neither on the partner's events topic nor
 *       in its agent's rejects, or that the node refused; a window that is not on the releases
 *       topic, withheld ones included, since faults alone must not cost any;
 *   <li><b>doubled</b>: an event twice on an events topic, a window twice on the releases topic for
 *       a reader of committed records;
 *   <li><b>differing</b>: an event with another content or person than was put in; a release whose
 *       bytes are not those of the batch reference with noise recomputed from the partners' seeds
 *       and the records; one whose hash is not on chain, or that {@code sealroom verify} or {@code
 *       sealroom audit} refuses.
 * </ul>
 *
 * <p>Exit code: 0 if all three are 0 and every fault was recovered from, 1 if not, 3 if a part
 * failed. Logs and state stay under {@code deploy/local/run-chaos} until the next run. Limit:
 * JobManager and TaskManagers do not watch their parent, so that a run that is itself killed with
 * SIGKILL leaves them behind.
 */
@NullMarked
package io.sealroom.local.chaos;

import org.jspecify.annotations.NullMarked;
