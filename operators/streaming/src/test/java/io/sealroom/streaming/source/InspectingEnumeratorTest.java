package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InspectingEnumeratorTest {

    private static final TopicFacts FIT = facts("delete");

    private final TestingEnumeratorContext context = new TestingEnumeratorContext(1);
    private final Recording inner = new Recording();

    @Test
    void start_fitTopics_startsTheOtherAfterwards() {
        start(Map.of("one", () -> FIT, "two", () -> FIT));
        assertThat(inner.calls).isEmpty();
        context.runCalls();
        assertThat(inner.calls).containsExactly("start");
    }

    @Test
    void start_oneUnfit_refusedForGoodAndNothingStarted() {
        start(Map.of("one", () -> FIT, "two", () -> facts("compact")));
        assertThatThrownBy(context::runCalls)
                .isInstanceOf(SealedSourceException.class)
                .hasMessageContaining("topic two has cleanup.policy=compact");
        assertThat(inner.calls).isEmpty();
    }

    @Test
    void start_kafkaAway_failsSoThatARestartMayHelp() {
        start(
                Map.of(
                        "one",
                        () -> {
                            throw new IOException("nobody answers");
                        }));
        assertThatThrownBy(context::runCalls)
                .isInstanceOf(FlinkRuntimeException.class)
                .isNotInstanceOf(SealedSourceException.class)
                .hasRootCauseMessage("nobody answers");
        assertThat(inner.calls).isEmpty();
    }

    @Test
    void everythingElse_passedOn() throws Exception {
        var enumerator = new InspectingEnumerator<>(context, inner, Map.of(), Map.of());
        enumerator.addReader(0);
        enumerator.addSplitsBack(List.of(), 0);
        enumerator.handleSplitRequest(0, null);
        assertThat(enumerator.snapshotState(7)).isEqualTo(7);
        enumerator.notifyCheckpointComplete(7);
        enumerator.notifyCheckpointAborted(8);
        enumerator.close();
        assertThat(inner.calls)
                .containsExactly(
                        "reader", "back", "request", "snapshot", "complete", "aborted", "close");
    }

    private void start(Map<String, Callable<TopicFacts>> inspections) {
        new InspectingEnumerator<>(context, inner, inspections, Map.of()).start();
    }

    private static TopicFacts facts(String cleanup) {
        return new TopicFacts(cleanup, -1, -1, "uncompressed", 1_048_588, List.of(0L), List.of(9L));
    }

    private static final class Recording implements SplitEnumerator<SealedSplit, Long> {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public void handleSplitRequest(int subtask, @Nullable String requesterHostname) {
            calls.add("request");
        }

        @Override
        public void addSplitsBack(List<SealedSplit> splits, int subtask) {
            calls.add("back");
        }

        @Override
        public void addReader(int subtask) {
            calls.add("reader");
        }

        @Override
        public Long snapshotState(long checkpointId) {
            calls.add("snapshot");
            return checkpointId;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            calls.add("complete");
        }

        @Override
        public void notifyCheckpointAborted(long checkpointId) {
            calls.add("aborted");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
