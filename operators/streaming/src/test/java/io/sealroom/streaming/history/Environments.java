package io.sealroom.streaming.history;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.operators.testutils.MockInputSplitProvider;

/** Task environments of one thread, each for one operator at a time. */
public final class Environments implements AutoCloseable {

    private final Map<Place, MockEnvironment> environments = new HashMap<>();

    private record Place(String operator, int parallelism, int subtask) {}

    MockEnvironment of(String operator, int parallelism, int subtask) {
        return environments.computeIfAbsent(
                new Place(operator, parallelism, subtask), Environments::build);
    }

    private static MockEnvironment build(Place place) {
        return new MockEnvironmentBuilder()
                .setTaskName(place.operator())
                .setInputSplitProvider(new MockInputSplitProvider())
                .setMaxParallelism(Edge.KEY_GROUPS)
                .setParallelism(place.parallelism())
                .setSubtaskIndex(place.subtask())
                .build();
    }

    @Override
    public void close() {
        environments.values().forEach(environment -> Operators.run(environment::close));
    }
}
