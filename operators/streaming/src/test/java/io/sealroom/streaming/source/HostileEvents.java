package io.sealroom.streaming.source;

import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.RejectReason;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.testing.TestingEvents;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Events as an honest partner writes them, and with one field wrong. */
final class HostileEvents {

    private static final long YEAR_2100 = 4_102_444_800_000L;

    private final Policy policy;
    private final TestingEvents events;
    private final Random random;

    HostileEvents(Policy policy, Random random) {
        this.policy = policy;
        this.events = new TestingEvents(policy);
        this.random = random;
    }

    /** One that is admitted, if the partition is sealed until then. */
    HostileRecord honest(long sealedUntil) {
        long value = random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextInt(1_000);
        BlindedEvent event =
                random.nextInt(3) == 0
                        ? events.conversion(person(), soon(sealedUntil), value)
                        : events.view(person(), soon(sealedUntil), "news");
        return record(event, "event");
    }

    HostileRecord faulty(long sealedUntil) {
        long time = soon(sealedUntil);
        BlindedEvent view = events.view(person(), time, "news");
        Token token = view.tokens().get(0);
        return switch (random.nextInt(12)) {
            case 0 -> record(with(view, view.epoch() + 1, view.tokens()), RejectReason.WRONG_EPOCH);
            case 1 -> record(with(view, Long.MIN_VALUE, view.tokens()), RejectReason.WRONG_EPOCH);
            case 2 ->
                    record(
                            with(
                                    view,
                                    view.epoch(),
                                    random.nextBoolean() ? List.of() : List.of(token, token)),
                            RejectReason.WRONG_TOKEN_COUNT);
            case 3 ->
                    record(with(view, view.epoch(), List.of(Token.NONE)), RejectReason.ZERO_TOKEN);
            case 4 -> record(atOtherTime(outside()), RejectReason.OUTSIDE_ROOM);
            case 5 -> late(sealedUntil);
            case 6 -> tooEarly(sealedUntil);
            case 7 ->
                    record(
                            event(EventKind.VIEW, time, random.nextBoolean() ? null : "far", null),
                            RejectReason.UNKNOWN_CELL);
            case 8 ->
                    record(
                            event(EventKind.CONVERSION, time, "news", 1L),
                            RejectReason.CELL_ON_CONVERSION);
            case 9 ->
                    record(
                            event(EventKind.CLICK, time, "news", 1L),
                            RejectReason.VALUE_ON_EXPOSURE);
            case 10 ->
                    record(
                            event(EventKind.CONVERSION, time, null, null),
                            RejectReason.MISSING_VALUE);
            default ->
                    record(
                            event(
                                    EventKind.CONVERSION,
                                    time,
                                    null,
                                    random.nextBoolean() ? -1 : Long.MIN_VALUE),
                            RejectReason.NEGATIVE_VALUE);
        };
    }

    private HostileRecord late(long sealedUntil) {
        return record(
                atOtherTime(sealedUntil - 1),
                sealedUntil == policy.startMillis()
                        ? RejectReason.OUTSIDE_ROOM
                        : RejectReason.LATE);
    }

    private HostileRecord tooEarly(long sealedUntil) {
        long time = sealedUntil + policy.maxAheadMillis() + 1;
        return record(
                atOtherTime(time),
                time < policy.endMillis() ? RejectReason.TOO_EARLY : RejectReason.OUTSIDE_ROOM);
    }

    private long outside() {
        return switch (random.nextInt(3)) {
            case 0 -> policy.startMillis() - 1;
            case 1 -> policy.endMillis();
            default -> YEAR_2100;
        };
    }

    /** From the last seal's end to as far ahead of it as is allowed, both included. */
    private long soon(long sealedUntil) {
        long last = Math.min(policy.endMillis() - 1, sealedUntil + policy.maxAheadMillis());
        long step = (last - sealedUntil) / 8;
        int steps = random.nextInt(10);
        return steps == 9 ? last : sealedUntil + Math.min(8, steps) * step;
    }

    private BlindedEvent atOtherTime(long time) {
        return events.view(person(), time, "sports");
    }

    private BlindedEvent event(
            EventKind kind, long time, @Nullable String cell, @Nullable Long value) {
        return events.event(person(), kind, time, cell, value);
    }

    private String person() {
        return "person " + random.nextInt(50);
    }

    private static HostileRecord record(BlindedEvent event, RejectReason expected) {
        return record(event, expected.name());
    }

    private static HostileRecord record(BlindedEvent event, String expected) {
        return HostileRecord.of(Codecs.BLINDED_EVENT.encode(event), expected);
    }

    private static BlindedEvent with(BlindedEvent event, long epoch, List<Token> tokens) {
        return new BlindedEvent(
                event.eventId(),
                epoch,
                event.identifierKind(),
                tokens,
                event.kind(),
                event.eventTime(),
                event.cell(),
                event.value());
    }
}
