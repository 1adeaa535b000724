package io.sealroom.local.chaos;

import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares what partners put in with what stands on the events topics. One token for each person,
 * the same at every partner: who made it and when must not matter.
 */
final class EventComparison {

    private final Findings findings;
    private final Map<Integer, Token> tokens = new HashMap<>();
    private final Map<Token, Integer> persons = new HashMap<>();

    EventComparison(Findings findings) {
        this.findings = findings;
    }

    /**
     * Compares one partner's events.
     *
     * @param written what it put in
     * @param refused own ids of events that its agent listed in the rejects
     * @param found what stands on its events topic
     */
    void compare(
            String partner,
            EventIdKey ids,
            List<RawEvent> written,
            Set<String> refused,
            List<BlindedEvent> found) {
        Map<EventId, RawEvent> expected = new HashMap<>();
        written.forEach(event -> expected.put(ids.derive(event.id()).orElseThrow(), event));
        Set<EventId> seen = new HashSet<>();
        for (BlindedEvent event : found) {
            RawEvent raw = expected.get(event.eventId());
            if (!seen.add(event.eventId())) {
                findings.doubled("an event of " + partner);
            } else if (raw == null || !isSame(raw, event)) {
                findings.differing("an event of " + partner);
            }
        }
        expected.forEach(
                (id, raw) -> {
                    if (!seen.contains(id) && !refused.contains(raw.id())) {
                        findings.lost("an event of " + partner + " at " + raw.time());
                    }
                });
    }

    private boolean isSame(RawEvent raw, BlindedEvent event) {
        Token token = event.tokens().get(0);
        Token known = tokens.putIfAbsent(raw.person(), token);
        Integer person = persons.putIfAbsent(token, raw.person());
        return (known == null || known.equals(token))
                && (person == null || person == raw.person())
                && event.eventTime() == raw.time()
                && event.kind().name().toLowerCase(Locale.ROOT).equals(raw.kind())
                && Objects.equals(event.cell(), raw.cell())
                && Objects.equals(event.value(), raw.value());
    }
}
