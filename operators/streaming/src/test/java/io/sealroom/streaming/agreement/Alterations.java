package io.sealroom.streaming.agreement;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Histories in which one rule has nothing to decide any more. */
final class Alterations {

    /** More than a history has events. */
    private static final long ROOM_FOR_EVENTS = 1 << 20;

    private Alterations() {}

    /** No two records have one id; records of different ids keep their order. */
    static List<HistoryEvent> allIdsDiffer(Policy policy, List<HistoryEvent> history) {
        List<HistoryEvent> altered = new ArrayList<>();
        for (HistoryEvent entry : history) {
            EventId id = entry.event().eventId();
            long low = id.low() * ROOM_FOR_EVENTS + altered.size();
            altered.add(with(entry, new EventId(id.high(), low), entry.event().tokens()));
        }
        return altered;
    }

    static List<HistoryEvent> idsReversed(Policy policy, List<HistoryEvent> history) {
        return each(
                history,
                entry -> {
                    EventId id = entry.event().eventId();
                    return with(entry, new EventId(~id.high(), ~id.low()), entry.event().tokens());
                });
    }

    static List<HistoryEvent> tokensReversed(Policy policy, List<HistoryEvent> history) {
        return withTokens(
                history,
                entry ->
                        entry.event().tokens().stream()
                                .map(
                                        token ->
                                                token.equals(Token.NONE)
                                                        ? token
                                                        : new Token(
                                                                ~token.w0(),
                                                                ~token.w1(),
                                                                token.w2(),
                                                                token.w3()))
                                .toList());
    }

    static List<HistoryEvent> slotsEmpty(Policy policy, List<HistoryEvent> history) {
        return withTokens(
                history,
                entry ->
                        hasOlderSlot(entry)
                                ? List.of(entry.event().tokens().get(0), Token.NONE)
                                : entry.event().tokens());
    }

    /** Every older slot is a copy of the person it names, for this conversion alone. */
    static List<HistoryEvent> slotsUsedOnce(Policy policy, List<HistoryEvent> history) {
        List<HistoryEvent> altered = new ArrayList<>();
        for (HistoryEvent entry : history) {
            if (!hasOlderSlot(entry)) {
                altered.add(entry);
                continue;
            }
            Token older = entry.event().tokens().get(1);
            Token copy = new Token(older.w0(), older.w1(), ~altered.size(), older.w3());
            altered.add(
                    with(
                            entry,
                            entry.event().eventId(),
                            List.of(entry.event().tokens().get(0), copy)));
            history.stream()
                    .filter(exposure -> exposure.event().tokens().equals(List.of(older)))
                    .map(exposure -> with(exposure, exposure.event().eventId(), List.of(copy)))
                    .forEach(altered::add);
        }
        return altered;
    }

    static List<HistoryEvent> identifiersOfOneKind(Policy policy, List<HistoryEvent> history) {
        IdentifierKind kind = policy.queries().get(0).identifierKind();
        return each(
                history,
                entry -> {
                    BlindedEvent event = entry.event();
                    return new HistoryEvent(
                            entry.partner(),
                            new BlindedEvent(
                                    event.eventId(),
                                    event.epoch(),
                                    kind,
                                    event.tokens(),
                                    event.kind(),
                                    event.eventTime(),
                                    event.cell(),
                                    event.value()),
                            entry.recordHash());
                });
    }

    private static boolean hasOlderSlot(HistoryEvent entry) {
        List<Token> tokens = entry.event().tokens();
        return tokens.size() > 1 && !tokens.get(1).equals(Token.NONE);
    }

    private static List<HistoryEvent> each(
            List<HistoryEvent> history, UnaryOperator<HistoryEvent> alteration) {
        return history.stream().map(alteration).toList();
    }

    private static List<HistoryEvent> withTokens(
            List<HistoryEvent> history, Function<HistoryEvent, List<Token>> tokens) {
        return each(history, entry -> with(entry, entry.event().eventId(), tokens.apply(entry)));
    }

    private static HistoryEvent with(HistoryEvent entry, EventId id, List<Token> tokens) {
        BlindedEvent event = entry.event();
        return new HistoryEvent(
                entry.partner(),
                new BlindedEvent(
                        id,
                        event.epoch(),
                        event.identifierKind(),
                        tokens,
                        event.kind(),
                        event.eventTime(),
                        event.cell(),
                        event.value()),
                entry.recordHash());
    }
}
