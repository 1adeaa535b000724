package io.sealroom.streaming.agreement;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random events of a few people in a few epochs of a room. Partners lie: they repeat ids with other
 * content, use a token in two epochs, and name other people's tokens in their conversions.
 */
final class SmallHistory {

    private static final int EVENTS_MAX = 50;
    private static final int PEOPLE_MAX = 4;
    private static final int MOMENTS = 3;
    private static final List<Long> ID_HIGHS = List.of(0L, 1L, -1L);

    private final Policy policy;
    private final long from;
    private final long to;
    private final Random random;
    private final int people;
    private final int ids;
    private final SmallEvents events;
    private final List<Long> moments = new ArrayList<>();
    private final List<HistoryEvent> records = new ArrayList<>();

    private SmallHistory(Policy policy, int number, long first, int epochs, Random random) {
        this.policy = policy;
        this.random = random;
        int least = policy.lookbackEpochs() + 1;
        int skipped = random.nextInt(epochs - least + 1);
        int taken = least + random.nextInt(epochs - skipped - least + 1);
        long start = (first + skipped) * policy.epochMillis();
        from = Math.max(policy.startMillis(), start);
        to = Math.min(policy.endMillis(), start + taken * policy.epochMillis());
        people = 1 + random.nextInt(PEOPLE_MAX);
        events = new SmallEvents(policy, number, people, random);
        ids = 1 + random.nextInt(EVENTS_MAX);
        // About the end of an epoch, where one can follow the other.
        moments.add(start + policy.epochMillis() - 2 * SmallRoom.STEP_MILLIS);
        while (moments.size() < MOMENTS) {
            moments.add(anyStep());
        }
    }

    /**
     * Events that admission lets through, of people that no history of another number has.
     *
     * @param first index of the first of its epochs
     * @param epochs how many are its own
     */
    static List<HistoryEvent> next(
            Policy policy, int number, long first, int epochs, Random random) {
        SmallHistory history = new SmallHistory(policy, number, first, epochs, random);
        int count = 1 + random.nextInt(EVENTS_MAX);
        for (int i = 0; i < count; i++) {
            history.add(i);
        }
        if (policy.lookbackEpochs() > 0 && random.nextInt(3) == 0) {
            history.forge();
        }
        return history.records;
    }

    private void add(int before) {
        records.add(
                before > 0 && random.nextInt(7) == 0
                        ? repeated(records.get(random.nextInt(before)))
                        : events.any(partner(), id(), time()));
    }

    /** The same record again, or another one with the same id. */
    private HistoryEvent repeated(HistoryEvent entry) {
        BlindedEvent event = entry.event();
        EventId id = event.eventId();
        Token own = event.tokens().get(0);
        Token other = events.token(random.nextInt(people), event.epoch());
        long time = time();
        return switch (random.nextInt(6)) {
            case 0 -> entry;
            case 1 -> events.any(entry.partner(), id, time);
            case 2 -> like(entry, entry.partner(), event.eventTime(), other);
            case 3 -> like(entry, entry.partner(), event.eventTime(), own);
            case 4 -> like(entry, partner(), event.eventTime(), own);
            // Within the epoch, so that it is the same person.
            default ->
                    policy.epochOf(time) == event.epoch()
                            ? like(entry, entry.partner(), time, own)
                            : entry;
        };
    }

    /** Another record with the id of the first. */
    private HistoryEvent like(HistoryEvent first, String partner, long time, Token own) {
        BlindedEvent event = first.event();
        return events.of(
                partner,
                event.eventId(),
                time,
                event.identifierKind(),
                own,
                event.kind() == EventKind.CONVERSION);
    }

    /**
     * Conversions of several people that all name person 0 in the epoch before, where it saw
     * something: at one time, some with one id.
     */
    private void forge() {
        Query query = policy.queries().get(random.nextInt(policy.queries().size()));
        long border = (policy.epochOf(from) + 1) * policy.epochMillis();
        if (!(query instanceof AttributionQuery attribution) || border >= to) {
            return;
        }
        IdentifierKind kind = query.identifierKind();
        String exposing = attribution.exposures().get(0);
        Token victim = events.token(0, policy.epochOf(from));
        records.add(exposure(exposing, border - SmallRoom.STEP_MILLIS, kind, 0));
        EventId shared = id();
        for (int person = 0; person < PEOPLE_MAX; person++) {
            Token own = events.token(person, policy.epochOf(border));
            records.add(
                    events.of(
                            attribution.conversions(),
                            random.nextInt(3) == 0 ? id() : shared,
                            border + SmallRoom.STEP_MILLIS,
                            kind,
                            List.of(own, victim),
                            EventKind.CONVERSION));
            if (random.nextBoolean()) {
                records.add(exposure(exposing, border, kind, person));
            }
        }
    }

    private HistoryEvent exposure(String partner, long time, IdentifierKind kind, int person) {
        Token token = events.token(person, policy.epochOf(time));
        return events.of(partner, id(), time, kind, List.of(token), EventKind.CLICK);
    }

    private String partner() {
        return policy.partners().get(random.nextInt(policy.partners().size())).name();
    }

    private EventId id() {
        return new EventId(ID_HIGHS.get(random.nextInt(ID_HIGHS.size())), random.nextInt(ids) - 2L);
    }

    /** Half of them are near a few moments: ties, and touches by the side of conversions. */
    private long time() {
        long time =
                random.nextBoolean()
                        ? anyStep()
                        : moments.get(random.nextInt(MOMENTS))
                                + random.nextInt(4) * SmallRoom.STEP_MILLIS;
        int jitter = random.nextInt(12);
        time += jitter == 0 ? 1 : jitter == 1 ? -1 : 0;
        return Math.max(from, Math.min(to - 1, time));
    }

    private long anyStep() {
        return from
                + random.nextInt((int) ((to - from) / SmallRoom.STEP_MILLIS))
                        * SmallRoom.STEP_MILLIS;
    }
}
