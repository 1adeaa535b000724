/**
 * The two jobs and their topologies: the only place that knows the order of the stages.
 * CleanRoomJob turns events topics into pending releases; PublishJob signs them, counts the other
 * nodes' signatures, brings what a quorum signed to the contract and lets out what the chain holds.
 * The two share nothing but the pending topic, so an outage of the chain never stalls the
 * computation. Nodes share nothing but the events topics they read and the signatures topic: every
 * other topic and every transactional id carries the node's name.
 *
 * <p>A cluster may choose the state backend (heap or RocksDB; the jar brings none along), the
 * parallelism, interval and place of checkpoints, aligned or unaligned ones, and how it restarts:
 * the bytes of a release are the same. It may not choose what state and results depend on: {@link
 * io.sealroom.pipeline.Environments} overrides the number of key groups, at-least-once checkpoints
 * and types or uids that Flink would make up. With unaligned checkpoints a record in flight is part
 * of the checkpoint, and is restored before anything newer of its own channel, watermarks included:
 * so nothing comes late that was not. Between channels the order may differ from the one before,
 * and nothing depends on it: totals are sums, covers of a window take verdicts in any order, and a
 * window closes when every channel has passed its end.
 *
 * <p>Another parallelism takes a savepoint, or an aligned checkpoint. Out of an unaligned one, a
 * watermark in flight may come back on a channel whose sender now has partitions or keys that were
 * behind it; what they still send would be late, and late records fail the job (nothing wrong is
 * released). Savepoints are always aligned.
 *
 * <p>One setting belongs into the configuration of every task manager, as a job cannot make it:
 * {@code pipeline.watermark-alignment.buffer-size: 0}. By default a partner that is ahead is read
 * on for three comparisons of watermarks beyond its limit, and that much of a backlog goes into
 * state.
 *
 * <p>{@link io.sealroom.pipeline.Replay} runs the computation once more over what the events topics
 * hold, for auditors and for nodes that want to know; it ends, and writes nothing.
 */
@NullMarked
package io.sealroom.pipeline;

import org.jspecify.annotations.NullMarked;
