package io.sealroom.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an attempt that failed leaves of the one before it. */
final class PublishQueueTest {

    private static final Word TRANSACTION = RoomDigests.id("transaction");
    private static final PublishOptions OPTIONS =
            new PublishOptions(
                    Duration.ofNanos(10),
                    Duration.ofNanos(40),
                    Duration.ofNanos(5),
                    Duration.ofNanos(100),
                    4);

    private final PublishQueue queue = new PublishQueue(OPTIONS, 0);

    private PublishTask sentTask() {
        queue.add(new WindowOffer(0, 1, List.of(), List.of(), List.of()), 0);
        PublishTask task = queue.first(0).orElseThrow();
        queue.sent(task, TRANSACTION, 0);
        return task;
    }

    /** Sending anew would pay for the same release twice. */
    @ParameterizedTest
    @EnumSource
    void failed_anyCause_keepsWhatIsUnderWay(RetryCause cause) {
        PublishTask task = sentTask();
        queue.failed(task, new PublishOutcome.Retry(cause, "test"), 50);
        assertThat(task.transaction()).contains(TRANSACTION);
        assertThat(task.ageNanos(100)).isEqualTo(100);
        assertThat(queue.waitNanos(task, 50)).isEqualTo(10);
        assertThat(queue.status().inFlight()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_SENT", "NOT_ACTIVE"})
    void reverted_startsOver(RetryCause cause) {
        PublishTask task = sentTask();
        queue.reverted(task, new PublishOutcome.Retry(cause, "test"), 50);
        assertThat(task.transaction()).isEmpty();
        assertThat(queue.waitNanos(task, 50)).isEqualTo(10);
    }

    @Test
    void failed_againAndAgain_waitsLonger() {
        PublishTask task = sentTask();
        for (int expected : new int[] {10, 20, 40, 40}) {
            queue.failed(task, new PublishOutcome.Retry(RetryCause.UNDERPRICED, "test"), 0);
            assertThat(queue.waitNanos(task, 0)).isEqualTo(expected);
        }
    }
}
