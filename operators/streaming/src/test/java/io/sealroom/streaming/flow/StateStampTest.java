package io.sealroom.streaming.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // A harness that is interrupted while it closes fails its test.
class StateStampTest {

    private static final int MAX_PARALLELISM = 128;
    private static final Bytes32 POLICY = Digests.id("policy");
    private static final Bytes32 OTHER_POLICY = Digests.id("other policy");

    @Test
    void of_policyJson_hasTheHashOfThePolicy() {
        Policy policy = TestingRoom.small().policy();
        assertThat(StateStamp.of("testing", 2, policy.canonicalJson()))
                .isEqualTo(new StateStamp("testing", 2, policy.hash()));
    }

    @Test
    void restore_sameStamp_goesOn() throws Exception {
        OperatorSubtaskState state = snapshot(new Stamped(2, POLICY), null);
        assertThat(snapshot(new Stamped(2, POLICY), state)).isNotNull();
    }

    @Test
    void restore_otherPolicy_refusedForGoodWithWhatToDo() throws Exception {
        OperatorSubtaskState state = snapshot(new Stamped(2, POLICY), null);
        assertRefused(
                new Stamped(2, OTHER_POLICY),
                state,
                "state of the stage testing was written under the policy with hash "
                        + POLICY
                        + ", this job has the one with hash "
                        + OTHER_POLICY
                        + ": start the job without this savepoint, or with the policy it was taken"
                        + " under");
    }

    @Test
    void restore_olderOrNewerLayout_refusedForGoodWithWhatToDo() throws Exception {
        OperatorSubtaskState state = snapshot(new Stamped(2, POLICY), null);
        String advice =
                ": restore it with the Sealroom version that wrote it, or start the job without"
                        + " this savepoint";
        assertRefused(
                new Stamped(3, POLICY),
                state,
                "state of the stage testing has layout 2, this build reads layout 3" + advice);
        assertRefused(
                new Stamped(1, POLICY),
                state,
                "state of the stage testing has layout 2, this build reads layout 1" + advice);
    }

    @Test
    void restore_stateFromBeforeStamps_refusedForGood() throws Exception {
        OperatorSubtaskState state = snapshot(new Remembering(), null);
        assertRefused(
                new Stamped(2, POLICY),
                state,
                "state of the stage testing has no stamp of its layout, this build reads layout 2"
                        + ": restore it with the Sealroom version that wrote it, or start the job"
                        + " without this savepoint");
    }

    @Test
    void restore_atOtherParallelisms_everySubtaskFindsTheStamp() throws Exception {
        List<OperatorSubtaskState> states = List.of(snapshot(new Stamped(2, POLICY), null));
        for (int parallelism : new int[] {4, 2, 8, 1}) {
            List<OperatorSubtaskState> next = new ArrayList<>();
            OperatorSubtaskState all =
                    AbstractStreamOperatorTestHarness.repackageState(
                            states.toArray(new OperatorSubtaskState[0]));
            for (int subtask = 0; subtask < parallelism; subtask++) {
                OperatorSubtaskState own =
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                all, MAX_PARALLELISM, states.size(), parallelism, subtask);
                try (var harness = harness(new Stamped(2, POLICY), parallelism, subtask)) {
                    harness.initializeState(own);
                    harness.open();
                    next.add(harness.snapshot(1, 1));
                }
                try (var harness = harness(new Stamped(2, OTHER_POLICY), parallelism, subtask)) {
                    assertThatThrownBy(() -> harness.initializeState(own))
                            .isInstanceOf(SuppressRestartsException.class);
                }
            }
            states = next;
        }
    }

    @Test
    void snapshot_afterManyRestores_doesNotGrow() throws Exception {
        OperatorSubtaskState state = snapshot(new Stamped(2, POLICY), null);
        long first = state.getStateSize();
        for (int i = 0; i < 10; i++) {
            state = snapshot(new Stamped(2, POLICY), state);
        }
        assertThat(state.getStateSize()).isEqualTo(first);
    }

    private static void assertRefused(Stamped function, OperatorSubtaskState state, String message)
            throws Exception {
        try (var harness = harness(function, 1, 0)) {
            assertThatThrownBy(() -> harness.initializeState(state))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseMessage(message);
        }
    }

    private static OperatorSubtaskState snapshot(
            Remembering function, @Nullable OperatorSubtaskState state) throws Exception {
        try (var harness = harness(function, 1, 0)) {
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
            harness.processElement(new StreamRecord<>(7L));
            return harness.snapshot(1, 1);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<Long, Long, Long> harness(
            Remembering function, int parallelism, int subtask) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(function),
                value -> value,
                Types.LONG,
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }

    /** Some keyed state, as there was before stamps. */
    private static class Remembering extends KeyedProcessFunction<Long, Long, Long> {

        private static final long serialVersionUID = 1;

        @Override
        public void processElement(Long value, Context context, Collector<Long> out)
                throws Exception {
            ValueState<Long> last =
                    getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.LONG));
            last.update(value);
        }
    }

    private static final class Stamped extends Remembering implements StampedFunction {

        private static final long serialVersionUID = 1;

        private final int layout;
        private final String policyHash;

        Stamped(int layout, Bytes32 policyHash) {
            this.layout = layout;
            this.policyHash = policyHash.toHex();
        }

        @Override
        public StateStamp stamp() {
            return new StateStamp("testing", layout, Bytes32.fromHex(policyHash));
        }
    }
}
