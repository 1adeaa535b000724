package io.sealroom.streaming.flow;

import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** A function whose keyed state is restored under its own {@link StateStamp} only. */
public interface StampedFunction extends CheckpointedFunction {

    /** What restored state must have been written by. Asked before the function opens. */
    StateStamp stamp();

    @Override
    default void initializeState(FunctionInitializationContext context) throws Exception {
        stamp().require(context);
    }

    /** The stamp is in its place since {@link #initializeState}. */
    @Override
    default void snapshotState(FunctionSnapshotContext context) {}
}
