package io.sealroom.partner.kit;

import static io.sealroom.partner.room.TestRoom.HOUR;
import static io.sealroom.partner.room.TestRoom.SLICE;
import static io.sealroom.partner.room.TestRoom.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.event.EventEncoder;
import io.sealroom.partner.event.EventField;
import io.sealroom.partner.event.EventOutcome;
import io.sealroom.partner.event.EventRejectReason;
import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.seal.SentEvents;
import io.sealroom.schemas.record.IdentifierKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAskingTest {

    private static final SendOutcome REFUSED =
            new SendOutcome.Rejected(EventField.IDENTIFIER, EventRejectReason.TOKEN_REFUSED);

    private final TestRoom room = TestRoom.live("test-room");
    private final EventEncoder encoder = new EventEncoder(room.policy(), 1);
    private final EventBuffer buffer =
            new EventBuffer(3, encoder, List.of(new SentEvents(2 * HOUR)), START, eventTime -> {});
    private final TokenAsking asking = new TokenAsking(new TestingTokens(), encoder, buffer);

    /** Asked for again and again it would hold the seal of its slice, and so the room, for ever. */
    @Test
    void answer_epochIsOver_isRejectedAndHoldsNoSlice() throws Exception {
        CompletableFuture<SendOutcome> outcome = accepted("old-ann@example.org");

        assertThat(asking.answer(answered(), REFUSED)).isNull();

        assertThat(outcome).isCompletedWithValue(REFUSED);
        assertThat(asking.waiting()).isZero();
        assertThat(buffer.closeUntil(START + SLICE)).isTrue();
    }

    @Test
    void answer_quotaUsedUp_isRejectedAndHoldsNoSlice() throws Exception {
        CompletableFuture<SendOutcome> outcome = accepted("refused-ann@example.org");

        assertThat(asking.answer(answered(), REFUSED)).isNull();

        assertThat(outcome).isCompletedWithValue(REFUSED);
        assertThat(buffer.closeUntil(START + SLICE)).isTrue();
    }

    /** A partner that refuses for no reason must not have events thrown away. */
    @ParameterizedTest
    @ValueSource(strings = {"busy-ann@example.org", "denied-ann@example.org"})
    void answer_otherFailure_isAskedForAgainAndHoldsItsSlice(String identifier) throws Exception {
        CompletableFuture<SendOutcome> outcome = accepted(identifier);

        assertThat(asking.answer(answered(), REFUSED)).isNull();

        assertThat(outcome).isNotDone();
        assertThat(asking.waiting()).isOne();
        assertThat(buffer.closeUntil(START + SLICE)).isFalse();
    }

    private CompletableFuture<SendOutcome> accepted(String identifier) throws Exception {
        RawEvent raw = RawEvent.view("a", IdentifierKind.EMAIL, identifier, START, "news");
        EventOutcome checked = LiveRules.of(room.member("publisher")).check(raw);
        CheckedEvent event = ((EventOutcome.Accepted) checked).event();
        return buffer.accept(event);
    }

    private PendingEvent answered() throws InterruptedException {
        asking.ask(buffer.takeFresh(START + HOUR));
        List<PendingEvent> events = buffer.takeAnswered(1, Duration.ZERO);
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
