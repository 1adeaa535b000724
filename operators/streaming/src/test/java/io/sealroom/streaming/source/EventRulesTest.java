package io.sealroom.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.privacy.seal.PartitionProgress;
import io.sealroom.privacy.seal.PartnerTopic;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TokenKey;
import io.sealroom.streaming.testing.LookBackRoom;
import io.sealroom.streaming.testing.TestingEvents;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventRulesTest {

    private final TestingRoom room = TestingRoom.small();
    private final Policy policy = room.policy();
    private final TestingEvents events = new TestingEvents(policy);
    private final PartnerTopic topic = PartnerTopic.of(room.identity(), policy, "publisher");
    private final EventRules rules = new EventRules(topic);
    private final PartitionProgress start = PartitionProgress.start(topic, 0);

    @Test
    void refusal_validEvents_none() {
        assertThat(rules.refusal(events.view("ann", room.minute(0), "news"), start)).isEmpty();
        assertThat(rules.refusal(events.click("ann", room.minute(5), "sports"), start)).isEmpty();
        assertThat(rules.refusal(events.conversion("ann", room.minute(5), 0), start)).isEmpty();
    }

    @Test
    void refusal_epochOfAnotherTime_wrongEpoch() {
        BlindedEvent e = events.view("ann", room.minute(0), "news");
        assertRefused(with(e, e.epoch() + 1, e.tokens(), e.eventTime()), RejectReason.WRONG_EPOCH);
        assertRefused(with(e, e.epoch(), e.tokens(), Long.MIN_VALUE), RejectReason.WRONG_EPOCH);
    }

    @Test
    void refusal_noTokenOrTwo_wrongTokenCount() {
        BlindedEvent e = events.view("ann", room.minute(0), "news");
        Token token = e.tokens().get(0);
        assertRefused(with(e, e.epoch(), List.of(), e.eventTime()), RejectReason.WRONG_TOKEN_COUNT);
        assertRefused(
                with(e, e.epoch(), List.of(token, token), e.eventTime()),
                RejectReason.WRONG_TOKEN_COUNT);
    }

    @Test
    void refusal_zeroToken_zeroToken() {
        BlindedEvent e = events.view("ann", room.minute(0), "news");
        assertRefused(
                with(e, e.epoch(), List.of(Token.NONE), e.eventTime()), RejectReason.ZERO_TOKEN);
    }

    @Test
    void refusal_outsideRoom_outsideRoom() {
        assertRefused(
                events.view("ann", policy.startMillis() - 1, "news"), RejectReason.OUTSIDE_ROOM);
        assertRefused(events.view("ann", policy.endMillis(), "news"), RejectReason.OUTSIDE_ROOM);
        PartitionProgress atEnd = new PartitionProgress(policy.endMillis(), start.chain());
        assertThat(rules.refusal(events.view("ann", policy.endMillis(), "news"), atEnd))
                .contains(RejectReason.OUTSIDE_ROOM);
    }

    @Test
    void refusal_beforeLastSealsEnd_late() {
        PartitionProgress sealed = new PartitionProgress(room.minute(10), start.chain());
        assertThat(rules.refusal(events.view("ann", room.minute(10) - 1, "news"), sealed))
                .contains(RejectReason.LATE);
        assertThat(rules.refusal(events.view("ann", room.minute(10), "news"), sealed)).isEmpty();
    }

    @Test
    void refusal_beyondMaxAhead_tooEarly() {
        PartitionProgress sealed = new PartitionProgress(room.minute(10), start.chain());
        assertThat(rules.refusal(events.view("ann", room.minute(70), "news"), sealed)).isEmpty();
        assertThat(rules.refusal(events.view("ann", room.minute(70) + 1, "news"), sealed))
                .contains(RejectReason.TOO_EARLY);
    }

    @Test
    void refusal_exposureWithoutListedCell_unknownCell() {
        assertRefused(events.view("ann", room.minute(0), "weather"), RejectReason.UNKNOWN_CELL);
        assertRefused(
                events.event("ann", EventKind.CLICK, room.minute(0), null, null),
                RejectReason.UNKNOWN_CELL);
    }

    @Test
    void refusal_cellOnConversion_cellOnConversion() {
        assertRefused(
                events.event("ann", EventKind.CONVERSION, room.minute(0), "news", 1L),
                RejectReason.CELL_ON_CONVERSION);
    }

    @Test
    void refusal_valueOnExposure_valueOnExposure() {
        assertRefused(
                events.event("ann", EventKind.VIEW, room.minute(0), "news", 0L),
                RejectReason.VALUE_ON_EXPOSURE);
    }

    @Test
    void refusal_conversionWithoutValue_missingValue() {
        assertRefused(
                events.event("ann", EventKind.CONVERSION, room.minute(0), null, null),
                RejectReason.MISSING_VALUE);
    }

    @Test
    void refusal_negativeValue_negativeValue() {
        assertRefused(events.conversion("ann", room.minute(0), -1), RejectReason.NEGATIVE_VALUE);
    }

    @Test
    void refusal_twoFaults_firstInOrderOfReasons() {
        PartitionProgress sealed = new PartitionProgress(room.minute(10), start.chain());
        BlindedEvent lateWithoutCell =
                events.event("ann", EventKind.VIEW, room.minute(0), null, 1L);
        assertThat(rules.refusal(lateWithoutCell, sealed)).contains(RejectReason.LATE);
        assertThat(rules.refusal(lateWithoutCell, start)).contains(RejectReason.UNKNOWN_CELL);
    }

    @Test
    void admitted_exposure_cellByPositionAndNoValue() {
        BlindedEvent event = events.view("ann", room.minute(1), "sports");
        AdmittedEvent admitted = rules.admitted(event, Bytes32.ZERO);
        assertThat(admitted.partner()).isZero();
        assertThat(admitted.cell()).isEqualTo(1);
        assertThat(admitted.value()).isZero();
        assertThat(admitted.time()).isEqualTo(room.minute(1));
        assertThat(admitted.eventId()).isEqualTo(event.eventId());
        assertThat(admitted.key().w0()).isEqualTo(event.tokens().get(0).w0());
    }

    @Test
    void older_conversionThatLooksBack_slot1UnlessItIsEmpty() {
        TestingRoom lookingBack = TestingRoom.of(LookBackRoom.POLICY);
        EventRules twoSlots =
                new EventRules(
                        PartnerTopic.of(
                                lookingBack.identity(), lookingBack.policy(), "advertiser"));
        BlindedEvent one = new TestingEvents(policy).conversion("ann", room.minute(5), 7);
        Token slot0 = one.tokens().get(0);
        Token slot1 = new Token(1, 2, 3, 4);
        assertThat(twoSlots.older(withTokens(one, List.of(slot0, slot1))))
                .isEqualTo(TokenKey.of(one.identifierKind(), slot1));
        assertThat(twoSlots.older(withTokens(one, List.of(slot0, Token.NONE)))).isNull();
        assertThat(twoSlots.older(withTokens(one, List.of(slot0)))).isNull();
    }

    private static BlindedEvent withTokens(BlindedEvent event, List<Token> tokens) {
        return new BlindedEvent(
                event.eventId(),
                event.epoch(),
                event.identifierKind(),
                tokens,
                event.kind(),
                event.eventTime(),
                event.cell(),
                event.value());
    }

    @Test
    void admitted_conversion_noCell() {
        AdmittedEvent admitted =
                rules.admitted(events.conversion("ann", room.minute(1), 250), Bytes32.ZERO);
        assertThat(admitted.cell()).isEqualTo(-1);
        assertThat(admitted.value()).isEqualTo(250);
        assertThat(admitted.kind()).isEqualTo(EventKind.CONVERSION);
    }

    private void assertRefused(BlindedEvent event, RejectReason reason) {
        assertThat(rules.refusal(event, start)).contains(reason);
    }

    private static BlindedEvent with(
            BlindedEvent e, long epoch, List<Token> tokens, long eventTime) {
        return new BlindedEvent(
                e.eventId(),
                epoch,
                e.identifierKind(),
                tokens,
                e.kind(),
                eventTime,
                e.cell(),
                e.value());
    }
}
