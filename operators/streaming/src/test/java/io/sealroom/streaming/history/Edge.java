package io.sealroom.streaming.history;

import java.util.List;
import java.util.function.Function;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * What one subtask sends to a stage: each record to the subtask that owns its key, everything else
 * to all.
 *
 * @param channels one to each receiving subtask
 * @param key of a record
 */
record Edge(List<Channel> channels, Function<Object, Object> key) {

    static final int KEY_GROUPS = 128;

    void item(Object value) {
        channels.get(owner(value, channels.size())).send(new Element.Item(value));
    }

    void broadcast(Element element) {
        channels.forEach(channel -> channel.send(element));
    }

    /** The subtask of a stage that owns a record. */
    int owner(Object value, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key.apply(value), KEY_GROUPS, parallelism);
    }
}
