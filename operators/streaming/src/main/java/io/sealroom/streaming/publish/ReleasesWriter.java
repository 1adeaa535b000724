package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writer of {@link ReleasesSink}. A release counts as known once it waits: a flush that fails ends
 * the task, and the next writer reads what became of it.
 */
final class ReleasesWriter implements SinkWriter<ReleaseRecord> {

    /** More than this do not wait for a barrier: a start without state brings the whole room. */
    static final int WAITING_MAX = 100;

    /** Nor do more bytes than these, and one release: releases of many rows are megabytes. */
    static final long WAITING_BYTES_MAX = 16 * 1024 * 1024;

    private final ReleasesProducer topic;
    private final Counter written;
    private final Counter repeats;
    private final Counter differing;

    /** What stands, or will after the next flush: SHA-256 of the value. */
    private final Map<ReleaseKey, Bytes32> known = new HashMap<>();

    private final List<ReleaseRecord> waiting = new ArrayList<>();
    private long waitingBytes;

    private ReleasesWriter(ReleasesProducer topic, MetricGroup metrics) {
        this.topic = topic;
        this.written = metrics.counter("releasesWritten");
        this.repeats = metrics.counter("repeatsDropped");
        this.differing = metrics.counter("differingRepeats");
    }

    /**
     * @param topic closed with the writer, or if this fails
     * @param reader of the same topic
     * @throws IOException if the topic cannot be taken over or read
     */
    static ReleasesWriter open(ReleasesProducer topic, ReleasesReader reader, MetricGroup metrics)
            throws IOException {
        ReleasesWriter writer = new ReleasesWriter(topic, metrics);
        boolean opened = false;
        try {
            topic.takeOver();
            reader.forEach(release -> writer.known.putIfAbsent(release.key(), hash(release)));
            opened = true;
            return writer;
        } finally {
            if (!opened) {
                writer.close();
            }
        }
    }

    @Override
    public void write(ReleaseRecord release, Context context) throws IOException {
        Bytes32 hash = hash(release);
        Bytes32 first = known.putIfAbsent(release.key(), hash);
        if (first == null) {
            waiting.add(release);
            waitingBytes += release.value().length;
            if (waiting.size() == WAITING_MAX || waitingBytes > WAITING_BYTES_MAX) {
                flush(false);
            }
        } else if (first.equals(hash)) {
            repeats.inc();
        } else {
            differing.inc();
            PublishLog.releaseDiffers(release.key(), first, hash);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        topic.append(waiting);
        written.inc(waiting.size());
        waiting.clear();
        waitingBytes = 0;
    }

    @Override
    public void close() {
        topic.close();
    }

    private static Bytes32 hash(ReleaseRecord release) {
        return Digests.sha256(release.value());
    }
}
