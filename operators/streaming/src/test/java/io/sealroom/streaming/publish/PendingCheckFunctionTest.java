package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.flow.PendingRecord;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PendingCheckFunctionTest {

    @Test
    void soundRelease_passesWithKeyAndHash() throws Exception {
        PendingRelease release = TestRoom.release(3);
        byte[] value = TestRoom.encoded(release);
        List<CheckedPending> passed = check(value);
        assertThat(passed).hasSize(1);
        assertThat(passed.get(0).key())
                .isEqualTo(new ReleaseKey(Digests.id(TestRoom.QUERY), 3 * TestRoom.HOUR));
        assertThat(passed.get(0).end()).isEqualTo(4 * TestRoom.HOUR);
        assertThat(passed.get(0).releaseHash()).isEqualTo(release.document().releaseHash());
        assertThat(passed.get(0).value()).isEqualTo(value);
    }

    @Test
    void statedHashOfAnotherRelease_dropped() throws Exception {
        PendingRelease release = TestRoom.release(3);
        PendingRelease forged =
                new PendingRelease(
                        release.document(), release.root(), TestRoom.otherRelease(3).releaseHash());
        assertThat(check(TestRoom.encoded(forged))).isEmpty();
    }

    @Test
    void statedRootOfAnotherRelease_dropped() throws Exception {
        PendingRelease release = TestRoom.release(3);
        PendingRelease forged =
                new PendingRelease(
                        release.document(), TestRoom.otherRelease(3).root(), release.releaseHash());
        assertThat(check(TestRoom.encoded(forged))).isEmpty();
    }

    @Test
    void releaseOfAnotherContract_dropped() throws Exception {
        PendingRelease foreign =
                TestRoom.release(TestRoom.identity("0x" + "cd".repeat(20)), 3, 100, "");
        assertThat(check(TestRoom.encoded(foreign))).isEmpty();
    }

    @Test
    void undecodable_droppedAndTheNextPasses() throws Exception {
        byte[] sound = TestRoom.encoded(TestRoom.release(3));
        byte[] trailing = Arrays.copyOf(sound, sound.length + 1);
        assertThat(check(new byte[0], new byte[] {1, 2, 3}, trailing, sound)).hasSize(1);
    }

    @SuppressWarnings("try") // The harness's close() is declared to throw anything.
    private static List<CheckedPending> check(byte[]... values) throws Exception {
        try (var harness =
                new OneInputStreamOperatorTestHarness<PendingRecord, CheckedPending>(
                        new ProcessOperator<>(new PendingCheckFunction(TestRoom.IDENTITY)))) {
            harness.open();
            for (byte[] value : values) {
                harness.processElement(new PendingRecord(new byte[0], value), 0);
            }
            return harness.extractOutputValues();
        }
    }
}
