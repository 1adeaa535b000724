package io.sealroom.streaming.history;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.streaming.flow.SourceRecord;
import io.sealroom.streaming.source.PartitionLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One partition as it stands in Kafka, read from any position by the real log, which knows nothing
 * but that position. What it said is kept: the signatures of a history are checked once, not in
 * each of its runs.
 */
final class Tape {

    private final PartnerTopic topic;
    private final int partition;
    private final List<byte[]> values;
    private final Map<Position, Taken> taken = new HashMap<>();

    Tape(PartnerTopic topic, int partition, List<byte[]> values) {
        this.topic = topic;
        this.partition = partition;
        this.values = List.copyOf(values);
    }

    /**
     * What a record became.
     *
     * @param record event, verdict or reject
     * @param next position behind it
     */
    record Taken(SourceRecord record, Position next) {}

    PartitionId id() {
        return new PartitionId(topic.index(), partition);
    }

    String partner() {
        return topic.partnerName();
    }

    Position start() {
        return new Position(0, PartitionProgress.start(topic, partition));
    }

    /** Behind the last record. */
    Position end() {
        Position position = start();
        while (!isEnd(position)) {
            position = take(position).next();
        }
        return position;
    }

    int size() {
        return values.size();
    }

    byte[] value(int offset) {
        return values.get(offset);
    }

    boolean isEnd(Position position) {
        return position.offset() == values.size();
    }

    Taken take(Position position) {
        return taken.computeIfAbsent(
                position,
                from -> {
                    PartitionLog log = new PartitionLog(topic, partition, from.progress());
                    SourceRecord record = log.take(from.offset(), values.get(from.offset()));
                    return new Taken(record, new Position(from.offset() + 1, log.progress()));
                });
    }
}
