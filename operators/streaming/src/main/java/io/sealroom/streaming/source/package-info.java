/**
 * First stage: from a partner's events topic to admitted events, verdicts and rejects.
 *
 * <pre>
 * Kafka record -> chain head -> decode -+-> event: EventRules -> AdmittedEvent | Reject
 *                                       +-> seal:  SealRules  -> Verdict, then Watermark(to - 1) | Reject
 *                                       +-> Reject
 * </pre>
 *
 * <p>What is decided about a record depends on its bytes and on the records before it in its own
 * partition, never on a clock, another partition or the combined watermark: a replay decides the
 * same. {@link io.sealroom.streaming.source.PartitionLog} holds all of that in plain Java; {@link
 * io.sealroom.streaming.source.SealedSource} puts it around Flink's Kafka source and keeps its
 * progress in the split state, where it moves with the offset.
 *
 * <p>Every record that is read is counted as read, and as exactly one of admitted event, admitted
 * seal and reject with its reason ({@link io.sealroom.streaming.source.SourceMetrics}): the two
 * sides are equal after every record. What is not judged here: duplicate ids, because admission
 * keeps nothing about ids and its state would grow with the events if it did; both are admitted,
 * and the match stage lets one stand. The room of an event, because no event names one: one of
 * another room carries tokens under that room's key and meets nobody.
 *
 * <p>Why a source of its own: Flink does not checkpoint watermarks, so that a job restored between
 * two seals would close a window late or twice; and its Kafka source places partitions by the hash
 * of the topic's name, so that a reader may stay without one and hold all windows for ever.
 *
 * <p>Beside it, {@link io.sealroom.streaming.source.RoomTopicSource}: what nodes write, for a job
 * that reads no events, on the same inspection of topics.
 */
@NullMarked
package io.sealroom.streaming.source;

import org.jspecify.annotations.NullMarked;
