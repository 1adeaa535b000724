package io.sealroom.streaming.history;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * One operator in Flink's harness, with one input or two, keyed or not, in an environment that
 * outlives it: to make an environment costs more than all else.
 */
@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
final class OperatorInstance<OUT> extends AbstractStreamOperatorTestHarness<OUT> {

    private final boolean keyed;

    OperatorInstance(
            AbstractStreamOperator<OUT> operator,
            Output<StreamRecord<OUT>> output,
            MockEnvironment environment)
            throws Exception {
        super(operator, environment);
        this.keyed = false;
        setOutputCreator(serializer -> output);
    }

    /**
     * @param keys of each input
     */
    <K> OperatorInstance(
            AbstractStreamOperator<OUT> operator,
            Output<StreamRecord<OUT>> output,
            MockEnvironment environment,
            TypeInformation<K> keyType,
            List<KeySelector<Object, K>> keys)
            throws Exception {
        super(operator, environment);
        this.keyed = true;
        setOutputCreator(serializer -> output);
        for (int input = 0; input < keys.size(); input++) {
            config.setStatePartitioner(input, keys.get(input));
        }
        config.setStateKeySerializer(
                keyType.createSerializer(executionConfig.getSerializerConfig()));
        config.serializeAllConfigs();
    }

    /** Gives the operator a record of its input, 0 or 1. */
    @SuppressWarnings("unchecked") // The cluster is wired as the job is.
    void process(int input, Object value) throws Exception {
        StreamRecord<Object> record = new StreamRecord<>(value);
        if (operator instanceof OneInputStreamOperator<?, ?>) {
            OneInputStreamOperator<Object, OUT> one =
                    (OneInputStreamOperator<Object, OUT>) operator;
            one.setKeyContextElement(record);
            one.processElement(record);
            return;
        }
        TwoInputStreamOperator<Object, Object, OUT> two =
                (TwoInputStreamOperator<Object, Object, OUT>) operator;
        if (input == 0) {
            getOperator().setKeyContextElement1(record);
            two.processElement1(record);
        } else {
            getOperator().setKeyContextElement2(record);
            two.processElement2(record);
        }
    }

    void watermark(int input, long time) throws Exception {
        Watermark mark = new Watermark(time);
        if (operator instanceof OneInputStreamOperator<?, ?> one) {
            one.processWatermark(mark);
        } else if (operator instanceof TwoInputStreamOperator<?, ?, ?> two) {
            if (input == 0) {
                two.processWatermark1(mark);
            } else {
                two.processWatermark2(mark);
            }
        }
    }

    /** Entries of keyed state and timers that are left. */
    int remembered() {
        if (!keyed) {
            return 0;
        }
        HeapKeyedStateBackend<?> backend =
                (HeapKeyedStateBackend<?>) getOperator().<Object>getKeyedStateBackend();
        return backend.numKeyValueStateEntries() + numEventTimeTimers();
    }
}
