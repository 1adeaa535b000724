package io.sealroom.partner.kit;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.local.parts.Await;
import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventOutcome;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.seal.SentEvents;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventBufferTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final SendOutcome SENT = new SendOutcome.Sent(0, 5);
    private static final SendOutcome REJECTED =
            new SendOutcome.Rejected(EventField.IDENTIFIER, EventRejectReason.TOKEN_REFUSED);

    private final TestRoom room = TestRoom.live("test-room");
    private final List<Long> came = new ArrayList<>();
    private final EventBuffer buffer =
            new EventBuffer(
                    3,
                    new EventEncoder(room.policy(), 1),
                    List.of(new SentEvents(2 * HOUR)),
                    START,
                    came::add);

    @Test
    void accept_event_isHandedOutOnceWhenWithinReach() throws Exception {
        CompletableFuture<SendOutcome> later = buffer.accept(event("b", START + 2));
        CompletableFuture<SendOutcome> sooner = buffer.accept(event("a", START + 1));

        assertThat(buffer.takeFresh(START)).isEmpty();
        assertThat(buffer.takeFresh(START + 2))
                .extracting(PendingEvent::time)
                .containsExactly(START + 1, START + 2);
        assertThat(buffer.takeFresh(START + HOUR)).isEmpty();
        assertThat(List.of(later, sooner)).noneMatch(CompletableFuture::isDone);
        assertThat(came).containsExactly(START + 2, START + 1);
    }

    @Test
    void accept_repeatOfAnUnsettledEvent_followsItsOutcome() throws Exception {
        CompletableFuture<SendOutcome> first = buffer.accept(event("a", START));
        CompletableFuture<SendOutcome> repeat = buffer.accept(event("a", START));
        PendingEvent pending = only(buffer.takeFresh(START));
        assertThat(buffer.occupied()).isEqualTo(2);

        buffer.settle(pending, SENT);

        assertThat(first).isCompletedWithValue(SENT);
        assertThat(repeat).isCompletedWithValue(new SendOutcome.AlreadySent());
        assertThat(buffer.accept(event("a", START)))
                .isCompletedWithValue(new SendOutcome.AlreadySent());
        assertThat(buffer.occupied()).isZero();
    }

    @Test
    void accept_repeatOfARejectedEvent_isRejectedWithItAndMayBeTriedAgain() throws Exception {
        assertThat(buffer.accept(event("a", START))).isNotDone();
        CompletableFuture<SendOutcome> repeat = buffer.accept(event("a", START));

        buffer.settle(only(buffer.takeFresh(START)), REJECTED);

        assertThat(repeat).isCompletedWithValue(REJECTED);
        assertThat(buffer.accept(event("a", START))).isNotDone();
    }

    @Test
    void accept_full_waitsUntilOneIsSettled() throws Exception {
        fill();
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<Boolean> settled =
                onAThread(
                        () -> {
                            waiting.complete(Thread.currentThread());
                            return buffer.accept(event("d", START)).isDone();
                        });
        Await.until(
                "the sender to wait",
                PATIENCE,
                () -> waiting.join().getState() == Thread.State.WAITING);
        assertThat(buffer.occupied()).isEqualTo(3);

        buffer.settle(buffer.takeFresh(START).get(0), SENT);

        assertThat(settled).succeedsWithin(PATIENCE).isEqualTo(false);
        assertThat(buffer.occupied()).isEqualTo(3);
    }

    @Test
    void accept_fullOfRepeats_waitsToo() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(buffer.accept(event("a", START))).isNotDone();
        }

        assertThatThrownBy(() -> interrupted(event("a", START)))
                .isInstanceOf(InterruptedException.class);
        assertThat(buffer.occupied()).isEqualTo(3);
    }

    @Test
    void accept_fullAndInterrupted_takesNothing() throws Exception {
        fill();

        assertThatThrownBy(() -> interrupted(event("d", START)))
                .isInstanceOf(InterruptedException.class);
        assertThat(came).hasSize(3);
    }

    @Test
    void accept_fullAndLate_isRejectedWithoutWaiting() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            assertThat(buffer.accept(event(id, START + SLICE))).isNotDone();
        }
        assertThat(buffer.closeUntil(START + SLICE)).isTrue();

        assertThat(buffer.accept(event("d", START + SLICE - 1)))
                .isCompletedWithValue(
                        new SendOutcome.Rejected(EventField.EVENT_TIME, EventRejectReason.LATE));
        assertThat(came).hasSize(3);
    }

    @Test
    void closeUntil_beforeAPartitionThatStandsFurther_opensNothingAgain() throws Exception {
        assertThat(buffer.closeUntil(START + 2 * SLICE)).isTrue();

        assertThat(buffer.closeUntil(START + SLICE)).isTrue();

        assertThat(buffer.accept(event("a", START + SLICE)))
                .isCompletedWithValue(
                        new SendOutcome.Rejected(EventField.EVENT_TIME, EventRejectReason.LATE));
    }

    @Test
    void closeUntil_unsettledEventBefore_isRefusedUntilItIsSettled() throws Exception {
        assertThat(buffer.accept(event("a", START + SLICE - 1))).isNotDone();
        assertThat(buffer.accept(event("b", START + SLICE))).isNotDone();

        assertThat(buffer.closeUntil(START + SLICE)).isFalse();
        assertThat(buffer.unsettledBefore(START + SLICE)).isOne();
        // Refused, so nothing is late yet.
        assertThat(buffer.accept(event("c", START + 1))).isNotDone();
        buffer.takeFresh(START + SLICE - 1).forEach(pending -> buffer.settle(pending, SENT));
        assertThat(buffer.closeUntil(START + SLICE)).isTrue();
    }

    /** It came in time: late, it would be rejected because this buffer kept it waiting. */
    @Test
    void closeUntil_eventBeforeWaitsForRoom_isRefusedUntilItIsSettled() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            assertThat(buffer.accept(event(id, START + SLICE))).isNotDone();
        }
        List<PendingEvent> taken = buffer.takeFresh(START + SLICE);
        CompletableFuture<SendOutcome> outcome = waitingSender(START);

        assertThat(buffer.closeUntil(START + SLICE)).isFalse();
        assertThat(buffer.unsettledBefore(START + SLICE)).isOne();
        buffer.settle(taken.get(0), SENT);
        assertThat(buffer.closeUntil(START + SLICE)).isFalse();

        Await.until("the event to enter", PATIENCE, () -> buffer.occupied() == 3);
        assertThat(buffer.closeUntil(START + SLICE)).isFalse();
        buffer.settle(only(buffer.takeFresh(START)), SENT);
        assertThat(outcome).succeedsWithin(PATIENCE).isEqualTo(SENT);
        assertThat(buffer.closeUntil(START + SLICE)).isTrue();
    }

    /** Only the seal makes room: it and the sender would wait for each other. */
    @Test
    void closeUntil_fullOfWhatIsBeyondReach_doesNotWaitForTheSender() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            assertThat(buffer.accept(event(id, START + HOUR))).isNotDone();
        }
        assertThat(buffer.takeFresh(START + SLICE)).isEmpty();
        CompletableFuture<SendOutcome> outcome = waitingSender(START);

        assertThat(buffer.closeUntil(START + SLICE)).isTrue();
        buffer.sealed(START + SLICE);
        assertThat(outcome)
                .succeedsWithin(PATIENCE)
                .isEqualTo(new SendOutcome.Rejected(EventField.EVENT_TIME, EventRejectReason.LATE));
    }

    private CompletableFuture<SendOutcome> waitingSender(long time) {
        CompletableFuture<Thread> sender = new CompletableFuture<>();
        CompletableFuture<SendOutcome> accepted =
                onAThread(
                        () -> {
                            sender.complete(Thread.currentThread());
                            return buffer.accept(event("waits", time)).get();
                        });
        Await.until(
                "the sender to wait",
                PATIENCE,
                () -> sender.join().getState() == Thread.State.WAITING);
        return accepted;
    }

    @Test
    void sealed_longAgo_forgetsTheEvents() throws Exception {
        assertThat(buffer.accept(event("a", START))).isNotDone();
        buffer.settle(only(buffer.takeFresh(START)), SENT);
        buffer.sealed(START + SLICE);
        assertThat(buffer.accept(event("a", START)))
                .isCompletedWithValue(new SendOutcome.AlreadySent());

        buffer.sealed(START + SLICE + 2 * HOUR);

        assertThat(buffer.accept(event("a", START))).isNotDone();
    }

    @Test
    void takeAnswered_fewerThanMax_waitsForMoreOnlyForTheLinger() throws Exception {
        assertThat(buffer.takeAnswered(2, PATIENCE)).isEmpty();
        assertThat(buffer.accept(event("a", START))).isNotDone();
        buffer.answered(only(buffer.takeFresh(START)));
        List<PendingEvent> alone = buffer.takeAnswered(2, Duration.ofMillis(1));
        buffer.settle(only(alone), SENT);
        assertThat(buffer.accept(event("b", START))).isNotDone();
        assertThat(buffer.accept(event("c", START))).isNotDone();
        List<PendingEvent> fresh = buffer.takeFresh(START);

        buffer.answered(fresh.get(0));
        CompletableFuture<List<PendingEvent>> lingering =
                onAThread(() -> buffer.takeAnswered(2, Duration.ofHours(1)));
        buffer.answered(fresh.get(1));
        assertThat(lingering.get(10, TimeUnit.SECONDS)).hasSize(2);
    }

    @Test
    void takeAnswered_full_doesNotWaitForWhatCannotCome() throws Exception {
        fill();
        buffer.answered(buffer.takeFresh(START).get(0));

        assertThat(buffer.takeAnswered(2, Duration.ofHours(1))).hasSize(1);
    }

    @Test
    void takeAnswered_moreThanMax_leavesTheRestForTheNextTurn() throws Exception {
        fill();
        buffer.takeFresh(START).forEach(buffer::answered);

        assertThat(buffer.takeAnswered(2, PATIENCE)).hasSize(2);
        buffer.awaitChange(PATIENCE.toMillis());
        assertThat(buffer.takeAnswered(1, PATIENCE)).hasSize(1);
    }

    @Test
    void fail_endsWhatIsThereAndWhatComes() throws Exception {
        CompletableFuture<SendOutcome> there = buffer.accept(event("a", START));
        AgentException cause = AgentException.unavailable(null, "Kafka is away");

        buffer.fail(cause);

        assertThatThrownBy(there::get).hasCause(cause);
        assertThatThrownBy(() -> buffer.accept(event("b", START)).get()).hasCause(cause);
        assertThat(buffer.occupied()).isZero();
        assertThat(buffer.takeFresh(START)).isEmpty();
    }

    @Test
    void close_finishesWhenEverythingIsSettledOrGivenUp() throws Exception {
        CompletableFuture<SendOutcome> there = buffer.accept(event("a", START));
        PendingEvent pending = only(buffer.takeFresh(START));
        buffer.close();

        assertThat(buffer.isFinished()).isFalse();
        assertThatThrownBy(() -> buffer.accept(event("b", START)).get())
                .hasMessageContaining("the producer is closed");
        buffer.settle(pending, SENT);
        assertThat(buffer.isFinished()).isTrue();
        assertThat(there).isCompletedWithValue(SENT);
    }

    @Test
    void giveUp_finishesAtOnce() throws Exception {
        assertThat(buffer.accept(event("a", START))).isNotDone();
        buffer.close();
        buffer.giveUp();

        assertThat(buffer.isFinished()).isTrue();
    }

    private void fill() throws InterruptedException {
        for (String id : List.of("a", "b", "c")) {
            assertThat(buffer.accept(event(id, START))).isNotDone();
        }
    }

    private void interrupted(CheckedEvent event) throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThat(buffer.accept(event)).isNull();
    }

    private interface Call<T> {
        T call() throws Exception;
    }

    private static <T> CompletableFuture<T> onAThread(Call<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                result.complete(call.call());
                            } catch (Exception e) {
                                result.completeExceptionally(e);
                            }
                        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static PendingEvent only(List<PendingEvent> events) {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private CheckedEvent event(String id, long time) {
        RawEvent raw =
                new RawEvent(
                        id,
                        IdentifierKind.EMAIL,
                        "ann@example.org",
                        time,
                        EventKind.VIEW,
                        "news",
                        null);
        try {
            EventOutcome outcome = LiveRules.of(room.member("publisher")).check(raw);
            return ((EventOutcome.Accepted) outcome).event();
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }
}
