package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class ReceiptEnumeratorTest {

    private final ReceiptSource source =
            new ReceiptSource(
                    () -> {
                        throw new IOException("not opened here");
                    },
                    17,
                    PollOptions.defaults());
    private final Assignments assignments = new Assignments();

    @Test
    void firstReader_getsTheChainFromDeploymentOn() throws Exception {
        var enumerator = source.createEnumerator(assignments);
        enumerator.addReader(0);
        assertThat(assignments.given).containsExactly("0 <- 17");
    }

    @Test
    void otherReaders_getNothingAndEnd() throws Exception {
        var enumerator = source.createEnumerator(assignments);
        enumerator.addReader(1);
        enumerator.addReader(0);
        assertThat(assignments.given).containsExactly("1 ends", "0 <- 17");
    }

    @Test
    void splitOfFailedReader_givenAgainAsItWas() throws Exception {
        var enumerator = source.createEnumerator(assignments);
        enumerator.addReader(0);
        enumerator.addSplitsBack(List.of(new BlockSplit(40)), 0);
        enumerator.addReader(0);
        assertThat(assignments.given).containsExactly("0 <- 17", "0 <- 40");
    }

    @Test
    void restoredBeforeAssignment_assigns() throws Exception {
        restored(source.createEnumerator(assignments)).addReader(0);
        assertThat(assignments.given).containsExactly("0 <- 17");
    }

    @Test
    void restoredAfterAssignment_leavesTheSplitToTheReadersState() throws Exception {
        var enumerator = source.createEnumerator(assignments);
        enumerator.addReader(0);
        restored(enumerator).addReader(0);
        assertThat(assignments.given).containsExactly("0 <- 17");
    }

    private SplitEnumerator<BlockSplit, UnassignedSplit> restored(
            SplitEnumerator<BlockSplit, UnassignedSplit> enumerator) throws Exception {
        var serializer = source.getEnumeratorCheckpointSerializer();
        byte[] state = serializer.serialize(enumerator.snapshotState(1));
        return source.restoreEnumerator(
                assignments, serializer.deserialize(serializer.getVersion(), state));
    }

    /** Notes who got what. */
    private static final class Assignments implements SplitEnumeratorContext<BlockSplit> {

        private final List<String> given = new ArrayList<>();

        @Override
        public void assignSplits(SplitsAssignment<BlockSplit> assignment) {
            assignment
                    .assignment()
                    .forEach(
                            (reader, splits) ->
                                    splits.forEach(
                                            split ->
                                                    given.add(
                                                            reader + " <- " + split.nextBlock())));
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            given.add(subtask + " ends");
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
        }

        @Override
        public int currentParallelism() {
            return 2;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return Map.of();
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            throw new IllegalStateException("readers hear of splits only");
        }

        @Override
        public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
            throw new IllegalStateException("nothing to discover");
        }

        @Override
        public <T> void callAsync(
                Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
            throw new IllegalStateException("nothing to discover");
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            runnable.run();
        }
    }
}
