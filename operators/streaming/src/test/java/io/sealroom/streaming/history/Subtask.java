package io.sealroom.streaming.history;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of a stage: an operator, perhaps one that combines chained to it, and the channels
 * that lead here. Watermarks and barriers are aligned as Flink aligns them.
 */
final class Subtask implements AutoCloseable {

    private final String stage;
    private final int index;
    private final List<OperatorInstance<?>> chain;
    private final List<Edge> edges;
    private final List<Channel> channels = new ArrayList<>();
    private final long[] watermarks = {Long.MIN_VALUE, Long.MIN_VALUE};
    private @Nullable PendingCheckpoint pending;
    private boolean marked = true;

    /**
     * @param chain operators, the first of which takes the records; only the first has state
     * @param edges that lead from here
     */
    Subtask(String stage, int index, List<OperatorInstance<?>> chain, List<Edge> edges) {
        this.stage = stage;
        this.index = index;
        this.chain = List.copyOf(chain);
        this.edges = List.copyOf(edges);
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    /** Barriers that come from now on are of this checkpoint. */
    void expect(PendingCheckpoint checkpoint) {
        pending = checkpoint;
    }

    /** Takes the next element of a channel that leads here. */
    void take(Channel channel) throws Exception {
        Element element = channel.take();
        if (element instanceof Element.Item item) {
            chain.get(0).process(channel.input(), item.value());
            marked = false;
        } else if (element instanceof Element.Mark mark) {
            channel.advance(mark.time());
            advance(channel.input());
        } else if (element instanceof Element.Barrier) {
            channel.block();
            if (channels.stream().allMatch(Channel::isBlocked)) {
                flush();
                edges.forEach(edge -> edge.broadcast(element));
                snapshot();
                channels.forEach(Channel::unblock);
            }
        }
    }

    private void advance(int input) throws Exception {
        long lowest =
                channels.stream()
                        .filter(channel -> channel.input() == input)
                        .mapToLong(Channel::watermark)
                        .min()
                        .orElseThrow();
        if (lowest > watermarks[input]) {
            watermarks[input] = lowest;
            chain.get(0).watermark(input, lowest);
            marked = true;
        }
    }

    /** Whether this is a subtask of the stage that has taken records since the last watermark. */
    boolean isAmid(String of) {
        return stage.equals(of) && !marked;
    }

    /** What has to leave the operators before a snapshot is taken. */
    void flush() throws Exception {
        for (OperatorInstance<?> operator : chain) {
            operator.prepareSnapshotPreBarrier(1);
        }
    }

    void snapshot() throws Exception {
        PendingCheckpoint checkpoint = pending;
        if (checkpoint == null) {
            throw new IllegalStateException("a barrier came without a checkpoint");
        }
        OperatorSubtaskState state = chain.get(0).snapshot(1, 1);
        checkpoint.acknowledge(stage, index, state);
    }

    /** Entries of state and timers that are left. */
    int remembered() {
        return chain.stream().mapToInt(OperatorInstance::remembered).sum();
    }

    @Override
    public void close() {
        chain.forEach(operator -> Operators.run(operator::close));
    }
}
