package io.sealroom.streaming.history;

import io.sealroom.streaming.combine.CombineOperator;
import io.sealroom.streaming.flow.Contribution;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Makes the operators of a cluster, with the state that they had. */
final class Operators {

    private final int parallelism;
    private final Restore restore;
    private final Environments environments;

    Operators(int parallelism, Restore restore, Environments environments) {
        this.parallelism = parallelism;
        this.restore = restore;
        this.environments = environments;
    }

    /** What may fail as operators may. */
    interface Act {
        void run() throws Exception;
    }

    /** For places where Flink's interfaces allow no checked exception. */
    static void run(Act act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param keys of each input
     */
    <K, OUT> OperatorInstance<OUT> keyed(
            String stage,
            int subtask,
            AbstractStreamOperator<OUT> operator,
            Output<StreamRecord<OUT>> output,
            TypeInformation<K> keyType,
            List<KeySelector<Object, K>> keys)
            throws Exception {
        OperatorInstance<OUT> instance =
                new OperatorInstance<>(
                        operator,
                        output,
                        environments.of(stage, parallelism, subtask),
                        keyType,
                        keys);
        restore.state(stage, subtask, instance);
        instance.open();
        return instance;
    }

    /** An operator without key and state behind another. */
    <OUT> OperatorInstance<OUT> chained(
            String name,
            int subtask,
            AbstractStreamOperator<OUT> operator,
            Output<StreamRecord<OUT>> output)
            throws Exception {
        OperatorInstance<OUT> instance =
                new OperatorInstance<>(
                        operator, output, environments.of(name, parallelism, subtask));
        instance.open();
        return instance;
    }

    /** Combines locally what goes to an edge. It has no state to be restored. */
    OperatorInstance<Contribution> combine(String name, int subtask, Edge edge) throws Exception {
        return chained(
                name,
                subtask,
                new CombineOperator(),
                new RoutingOutput<>(edge::item, null, value -> {}, mark -> broadcast(edge, mark)));
    }

    private static void broadcast(Edge edge, Watermark mark) {
        edge.broadcast(new Element.Mark(mark.getTimestamp()));
    }
}
