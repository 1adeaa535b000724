package io.sealroom.streaming.testing;

import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** The state backends that a cluster may have. */
public enum TestingBackend {
    HEAP,
    ROCKSDB;

    public StateBackend make() {
        return switch (this) {
            case HEAP -> new HashMapStateBackend();
            case ROCKSDB -> new EmbeddedRocksDBStateBackend();
        };
    }

    /**
     * Entries of all keyed states of all keys, and timers. On the heap a map or a list counts as
     * one.
     */
    public static int entries(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
        // Makes RocksDB write out what it has buffered about timers.
        harness.snapshot(0, 0);
        var backend =
                (AbstractKeyedStateBackend<?>)
                        ((AbstractStreamOperator<?>) harness.getOperator()).getKeyedStateBackend();
        return backend instanceof RocksDBKeyedStateBackend<?> rocks
                ? rocks.numKeyValueStateEntries()
                : backend.numKeyValueStateEntries()
                        + harness.numEventTimeTimers()
                        + harness.numProcessingTimeTimers();
    }
}
