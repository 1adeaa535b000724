package io.sealroom.streaming.source;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes one split for each partition that the policy names and gives partition p to reader p modulo
 * parallelism, so that with no more readers than partitions every reader has one. Nothing is
 * discovered later. Before anything is assigned the topic is held against the policy.
 *
 * <p>After a restore, readers bring their splits with them. A checkpoint holds either all splits as
 * unassigned or none, because readers are served together: a mixture that leaves a reader empty
 * does not arise.
 */
final class SealedEnumerator implements SplitEnumerator<SealedSplit, SealedEnumeratorState> {

    private final PartnerTopic topic;
    private final Boundedness boundedness;
    private final SplitEnumeratorContext<SealedSplit> context;
    private final Callable<TopicFacts> inspection;
    private final List<SealedSplit> unassigned;
    private boolean started;
    private boolean inspected;

    /**
     * @param state restored, or {@link SealedEnumeratorState#initial}
     * @throws SealedSourceException if the state is of another room or policy
     */
    SealedEnumerator(
            PartnerTopic topic,
            Boundedness boundedness,
            SplitEnumeratorContext<SealedSplit> context,
            Callable<TopicFacts> inspection,
            SealedEnumeratorState state) {
        if (!state.room().equals(SealedEnumeratorState.roomOf(topic))) {
            throw new SealedSourceException(
                    String.format(
                            "the savepoint is of another room, contract or policy than room %s with"
                                    + " policy hash %s: start the job without it, or with the"
                                    + " policy it was taken under",
                            topic.policy().room(), topic.identity().policyHash()));
        }
        this.topic = topic;
        this.boundedness = boundedness;
        this.context = context;
        this.inspection = inspection;
        this.unassigned = new ArrayList<>(state.unassigned());
        this.started = state.started();
    }

    @Override
    public void start() {
        int parallelism = context.currentParallelism();
        if (parallelism > topic.partitions()) {
            throw new SealedSourceException(
                    String.format(
                            "parallelism of the source of partner %s must be at most its %d"
                                    + " partitions, got %d: a reader without a partition would hold"
                                    + " every window",
                            topic.partnerName(), topic.partitions(), parallelism));
        }
        context.callAsync(inspection, this::onInspected);
    }

    private void onInspected(@Nullable TopicFacts facts, @Nullable Throwable failure) {
        if (failure != null || facts == null) {
            throw new FlinkRuntimeException(
                    "events topic " + topic.name() + " cannot be inspected", failure);
        }
        TopicRules.violation(topic, facts, !started)
                .ifPresent(
                        violation -> {
                            throw new SealedSourceException(violation);
                        });
        if (!started) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                unassigned.add(firstSplit(partition, facts));
            }
            started = true;
        }
        inspected = true;
        context.registeredReaders().keySet().forEach(this::serve);
    }

    /** From offset 0 and not "earliest", which would hide that records were deleted meanwhile. */
    private SealedSplit firstSplit(int partition, TopicFacts facts) {
        long stop =
                boundedness == Boundedness.BOUNDED
                        ? facts.ends().get(partition)
                        : KafkaPartitionSplit.NO_STOPPING_OFFSET;
        return new SealedSplit(
                new KafkaPartitionSplit(new TopicPartition(topic.name(), partition), 0, stop),
                PartitionProgress.start(topic, partition));
    }

    @Override
    public void addReader(int subtask) {
        if (inspected) {
            serve(subtask);
        }
    }

    @Override
    public void addSplitsBack(List<SealedSplit> splits, int subtask) {
        unassigned.addAll(splits);
        if (inspected && context.registeredReaders().containsKey(subtask)) {
            serve(subtask);
        }
    }

    private void serve(int subtask) {
        List<SealedSplit> own =
                unassigned.stream().filter(split -> owner(split) == subtask).toList();
        if (!own.isEmpty()) {
            Map<Integer, List<SealedSplit>> assignment = new HashMap<>();
            assignment.put(subtask, own);
            context.assignSplits(new SplitsAssignment<>(assignment));
            unassigned.removeAll(own);
        }
        if (boundedness == Boundedness.BOUNDED) {
            context.signalNoMoreSplits(subtask);
        }
    }

    private int owner(SealedSplit split) {
        return split.kafka().getPartition() % context.currentParallelism();
    }

    @Override
    public SealedEnumeratorState snapshotState(long checkpointId) {
        return new SealedEnumeratorState(SealedEnumeratorState.roomOf(topic), started, unassigned);
    }

    /** Splits are pushed; readers never ask. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String requesterHostname) {}

    @Override
    public void close() {}
}
