package io.sealroom.partner.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.room.TestRoom;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventRulesTest {

    private static final long START = TestRoom.START;

    private final EventIdKey eventIds = new EventIdKey(SecretBytes.copyOf(new byte[32]));
    private final EventRules rules = new EventRules(TestRoom.live("test-room").policy(), eventIds);

    @Test
    void check_exposure_isAcceptedWithNormalFormAndKeyedId() {
        EventOutcome outcome =
                rules.check(view("e1", IdentifierKind.EMAIL, " Ann@Example.org ", START));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        EventOutcome.Accepted.class,
                        accepted -> {
                            CheckedEvent event = accepted.event();
                            assertThat(event.eventId())
                                    .isEqualTo(eventIds.derive("e1").orElseThrow());
                            assertThat(event.identifier().openUtf8())
                                    .asString()
                                    .isEqualTo("ann@example.org");
                            assertThat(event.eventTime()).isEqualTo(START);
                            assertThat(event.kind()).isEqualTo(EventKind.VIEW);
                            assertThat(event.cell()).isEqualTo("news");
                            assertThat(event.value()).isNull();
                        });
    }

    @Test
    void check_conversionAtTheRoomsLastMillisecond_isAccepted() {
        EventOutcome outcome =
                rules.check(
                        new RawEvent(
                                "order",
                                IdentifierKind.PHONE,
                                "(650) 253-0000",
                                TestRoom.END - 1,
                                EventKind.CONVERSION,
                                null,
                                0L));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        EventOutcome.Accepted.class,
                        accepted -> assertThat(accepted.event().value()).isZero());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void check_brokenRule_isRejectedWithFieldAndReason(
            RawEvent event, EventField field, EventRejectReason reason) {
        assertThat(rules.check(event)).isEqualTo(new EventOutcome.Rejected(field, reason));
    }

    static Stream<Arguments> broken() {
        EventKind view = EventKind.VIEW;
        EventKind conversion = EventKind.CONVERSION;
        return Stream.of(
                refused(email("", "a@b"), EventField.EVENT_ID, EventRejectReason.EVENT_ID_EMPTY),
                refused(
                        email("\ud800", "a@b"),
                        EventField.EVENT_ID,
                        EventRejectReason.EVENT_ID_MALFORMED),
                identifier(email("e", " "), EventRejectReason.IDENTIFIER_EMPTY),
                identifier(
                        email("e", "a".repeat(2000) + "@b"), EventRejectReason.IDENTIFIER_TOO_LONG),
                identifier(email("e", "a\udc00@b"), EventRejectReason.IDENTIFIER_MALFORMED),
                identifier(email("e", "a.b"), EventRejectReason.EMAIL_MALFORMED),
                identifier(email("e", "@b"), EventRejectReason.EMAIL_MALFORMED),
                identifier(email("e", "a a@b"), EventRejectReason.EMAIL_CHARACTER),
                identifier(phone("none"), EventRejectReason.PHONE_MALFORMED),
                identifier(phone("+1 000"), EventRejectReason.PHONE_INVALID),
                identifier(phone("+1 650-253-0000 ext 4"), EventRejectReason.PHONE_EXTENSION),
                refused(
                        view("e", IdentifierKind.EMAIL, "a@b", START - 1),
                        EventField.EVENT_TIME,
                        EventRejectReason.TIME_OUTSIDE_ROOM),
                refused(
                        view("e", IdentifierKind.EMAIL, "a@b", TestRoom.END),
                        EventField.EVENT_TIME,
                        EventRejectReason.TIME_OUTSIDE_ROOM),
                refused(event(view, null, null), EventField.CELL, EventRejectReason.CELL_MISSING),
                refused(
                        event(view, "weather", null),
                        EventField.CELL,
                        EventRejectReason.CELL_UNKNOWN),
                refused(
                        event(conversion, "news", 1L),
                        EventField.CELL,
                        EventRejectReason.CELL_ON_CONVERSION),
                refused(
                        event(conversion, null, null),
                        EventField.VALUE,
                        EventRejectReason.VALUE_MISSING),
                refused(
                        event(conversion, null, -1L),
                        EventField.VALUE,
                        EventRejectReason.VALUE_NEGATIVE),
                refused(
                        event(view, "news", 1L),
                        EventField.VALUE,
                        EventRejectReason.VALUE_ON_EXPOSURE));
    }

    @Test
    void check_severalFaults_namesTheFirstField() {
        RawEvent event =
                new RawEvent("e", IdentifierKind.EMAIL, "nobody", 0, EventKind.VIEW, null, 1L);

        assertThat(rules.check(event))
                .isEqualTo(
                        new EventOutcome.Rejected(
                                EventField.IDENTIFIER, EventRejectReason.EMAIL_MALFORMED));
    }

    @Test
    void toString_ofEvents_saysNothingAboutThePerson() {
        RawEvent raw = email("e1", "ann@example.org");
        CheckedEvent checked = ((EventOutcome.Accepted) rules.check(raw)).event();

        assertThat(raw).hasToString("RawEvent[redacted]");
        assertThat(checked).hasToString("CheckedEvent[redacted]");
        assertThat(rules.check(raw).toString()).doesNotContain("ann", "news");
    }

    private static Arguments identifier(RawEvent event, EventRejectReason reason) {
        return refused(event, EventField.IDENTIFIER, reason);
    }

    private static Arguments refused(RawEvent event, EventField field, EventRejectReason reason) {
        return Arguments.of(event, field, reason);
    }

    private static RawEvent email(String eventId, String identifier) {
        return view(eventId, IdentifierKind.EMAIL, identifier, START);
    }

    private static RawEvent phone(String identifier) {
        return view("e", IdentifierKind.PHONE, identifier, START);
    }

    private static RawEvent view(
            String eventId, IdentifierKind identifierKind, String identifier, long time) {
        return new RawEvent(
                eventId, identifierKind, identifier, time, EventKind.VIEW, "news", null);
    }

    private static RawEvent event(EventKind kind, @Nullable String cell, @Nullable Long value) {
        return new RawEvent("e", IdentifierKind.EMAIL, "a@b", START, kind, cell, value);
    }
}
