package io.sealroom.streaming.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** Starts another enumerator once topics were found to be fit. */
final class InspectingEnumerator<SplitT extends SourceSplit, StateT>
        implements SplitEnumerator<SplitT, StateT> {

    private final SplitEnumeratorContext<SplitT> context;
    private final SplitEnumerator<SplitT, StateT> enumerator;
    private final Map<String, Callable<TopicFacts>> inspections;
    private final Map<String, Integer> bytesNeeded;

    /**
     * @param inspections by name of the topic, in the order in which they are made
     * @param bytesNeeded the least {@code max.message.bytes} of each of them
     */
    InspectingEnumerator(
            SplitEnumeratorContext<SplitT> context,
            SplitEnumerator<SplitT, StateT> enumerator,
            Map<String, Callable<TopicFacts>> inspections,
            Map<String, Integer> bytesNeeded) {
        this.context = context;
        this.enumerator = enumerator;
        this.inspections = inspections;
        this.bytesNeeded = bytesNeeded;
    }

    /**
     * Over a cluster.
     *
     * @param topics to be inspected, with the least {@code max.message.bytes} of each
     */
    static <SplitT extends SourceSplit, StateT> InspectingEnumerator<SplitT, StateT> of(
            SplitEnumeratorContext<SplitT> context,
            SplitEnumerator<SplitT, StateT> enumerator,
            Map<String, Integer> topics,
            Map<String, String> kafkaProperties) {
        Map<String, Callable<TopicFacts>> inspections = new LinkedHashMap<>();
        for (String topic : topics.keySet()) {
            inspections.put(topic, new TopicInspection(topic, kafkaProperties));
        }
        return new InspectingEnumerator<>(context, enumerator, inspections, topics);
    }

    @Override
    public void start() {
        context.callAsync(this::violations, this::onInspected);
    }

    private List<String> violations() throws Exception {
        List<String> violations = new ArrayList<>();
        for (Map.Entry<String, Callable<TopicFacts>> topic : inspections.entrySet()) {
            TopicRules.violation(
                            topic.getKey(),
                            topic.getValue().call(),
                            bytesNeeded.getOrDefault(topic.getKey(), 0))
                    .ifPresent(violations::add);
        }
        return violations;
    }

    private void onInspected(@Nullable List<String> violations, @Nullable Throwable failure) {
        if (failure != null || violations == null) {
            throw new FlinkRuntimeException(
                    "topics " + inspections.keySet() + " cannot be inspected", failure);
        }
        if (!violations.isEmpty()) {
            throw new SealedSourceException(String.join("; ", violations));
        }
        enumerator.start();
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String requesterHostname) {
        enumerator.handleSplitRequest(subtask, requesterHostname);
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
    }

    @Override
    public StateT snapshotState(long checkpointId) throws Exception {
        return enumerator.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        enumerator.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }

    @Override
    public void close() throws IOException {
        enumerator.close();
    }
}
