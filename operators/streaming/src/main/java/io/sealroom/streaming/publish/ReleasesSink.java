package io.sealroom.streaming.publish;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes a node's releases topic: each query and window once for a reader of committed records,
 * whatever ends in between, and however the job is started.
 *
 * <p>Input: releases, at least once; of each key the same bytes. The topic itself says what is
 * done. A writer that starts takes the topic over, which settles what any writer before it left
 * open, and reads it to its end; a release whose key stands there is dropped. What is new is
 * written before the next barrier goes on, in a Kafka transaction that is committed at once:
 *
 * <ol>
 *   <li>{@link ReleaseGate} emits a release and calls it settled in the same step.
 *   <li>The barrier of a checkpoint follows the release into the sink, which commits it to the
 *       topic before it lets the barrier pass. A checkpoint in whose state the release is settled
 *       is therefore complete only when the release stands on the topic: none is lost. A barrier of
 *       an unaligned checkpoint may overtake the release; then the checkpoint holds it as well, and
 *       it comes here after a restore.
 *   <li>If the task ends after that commit and before the checkpoint is complete, the gate emits
 *       the release again, and the next writer finds it on the topic: none is there twice.
 *   <li>If it ends before the commit, or nobody knows whether the commit was heard, the next writer
 *       has Kafka complete or abort the transaction before it reads, and so knows.
 * </ol>
 *
 * <p>Why not two phases, as Flink's own sink for Kafka: it keeps each transaction open from the
 * barrier until the checkpoint is complete, and commits it after a restore. A transaction that
 * outlives {@code transaction.timeout.ms}, because the job was down for longer, is aborted by the
 * broker; the connector then counts a failed commit and goes on, and the checkpoint has the
 * releases settled that are nowhere. And a job that is started without its state writes all
 * releases again. Both are for outputs whose records do not say what they are; these do.
 *
 * <p>The transactional id is the topic's name. Of two jobs of one node the later one takes the
 * topic from the earlier, whose task fails and takes it back as it restarts: both restart in turn
 * until one is stopped, and write nothing twice meanwhile.
 *
 * <p>No state. Memory: a key and a hash for each query and window of the room. Parallelism 1. While
 * Kafka is away a flush waits as long as {@code delivery.timeout.ms} and {@code max.block.ms} say,
 * then fails the task. A topic that was lost and made anew is filled again by a start without
 * state. The topic has one partition and is kept for ever: the job's source checks that.
 */
public final class ReleasesSink implements Sink<ReleaseRecord> {

    private static final long serialVersionUID = 1;

    private final String topic;
    private final int recordBytesMax;
    private final HashMap<String, String> kafkaProperties;

    /**
     * @param topic the node's releases topic
     * @param recordBytesMax how large a record it has to take, in bytes
     * @param kafkaProperties bootstrap.servers, and what the cluster asks for
     */
    public ReleasesSink(String topic, int recordBytesMax, Map<String, String> kafkaProperties) {
        this.topic = topic;
        this.recordBytesMax = recordBytesMax;
        this.kafkaProperties = new HashMap<>(kafkaProperties);
    }

    /**
     * Takes the topic over and reads it.
     *
     * @throws IOException if Kafka does not answer: may pass
     */
    @Override
    public SinkWriter<ReleaseRecord> createWriter(WriterInitContext context) throws IOException {
        return ReleasesWriter.open(
                ReleasesProducer.connect(topic, recordBytesMax, kafkaProperties),
                new ReleasesReader(topic, kafkaProperties),
                context.metricGroup());
    }
}
