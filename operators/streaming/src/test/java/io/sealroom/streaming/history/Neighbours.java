package io.sealroom.streaming.history;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.AttributionQuery;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Events of one epoch, with K = 1 of two, and the same without one identifier at some partners.
 * Person 0 is the one that is removed; it has most events, so that caps are reached and passed. Ids
 * are few: people and partners share them, and a person repeats its own with another time, cell or
 * value. The advertiser lies: some conversions of others carry person 0's token of the epoch
 * before, or of their own epoch, and then such a record is one of person 0's, as no record says
 * whose it really is. Some pairs hold what changes most, as PRIVACY.md derives it.
 *
 * @param all every event, from the start of the room
 * @param without those that are left
 */
record Neighbours(List<HistoryEvent> all, List<HistoryEvent> without) {

    private static final List<String> PARTNERS = List.of("publisher", "advertiser", "shop");
    private static final String PUBLISHER = "publisher";
    private static final String ADVERTISER = "advertiser";
    private static final String SHOP = "shop";
    private static final int ALL = (1 << PARTNERS.size()) - 1;
    private static final int PUBLISHER_ALONE = 1;
    private static final int PERSON = 0;
    private static final int PEOPLE = 3;
    private static final int IDS = 40;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long STEP_MILLIS = 5 * MINUTE;

    /** Of the policy's queries the one whose worst case is built. */
    private static final int WORST = 3;

    static Neighbours random(Policy policy, Random random) {
        Writer writer = new Writer(policy, random);
        if (random.nextInt(3) > 0) {
            writer.random(1 + random.nextInt(60));
            return of(writer.events, 1 + random.nextInt(ALL));
        }
        AttributionQuery query = (AttributionQuery) policy.queries().get(WORST);
        boolean older = policy.lookbackEpochs() > 0;
        if (older) {
            writer.freedSlots(query);
        } else {
            writer.otherTouches(query);
        }
        writer.random(random.nextInt(3));
        return of(writer.events, older ? ALL : PUBLISHER_ALONE);
    }

    /** Removes person 0 at the partners of a non-empty set. */
    private static Neighbours of(List<HistoryEvent> all, int removed) {
        return new Neighbours(
                List.copyOf(all),
                all.stream()
                        .filter(
                                entry ->
                                        entry.event().tokens().get(0).w0() != PERSON + 1
                                                || (removed
                                                                & 1
                                                                        << PARTNERS.indexOf(
                                                                                entry.partner()))
                                                        == 0)
                        .toList());
    }

    /** An event moved to a later epoch, under tokens of the epochs that it moves to. */
    static HistoryEvent later(Policy policy, int epochs, HistoryEvent entry) {
        BlindedEvent event = entry.event();
        return new HistoryEvent(
                entry.partner(),
                new BlindedEvent(
                        event.eventId(),
                        event.epoch() + epochs,
                        event.identifierKind(),
                        event.tokens().stream().map(token -> later(token, epochs)).toList(),
                        event.kind(),
                        event.eventTime() + epochs * policy.epochMillis(),
                        event.cell(),
                        event.value()),
                entry.recordHash());
    }

    private static Token later(Token token, int epochs) {
        return token.equals(Token.NONE)
                ? token
                : new Token(token.w0(), token.w1(), epochs, token.w3());
    }

    private static final class Writer {

        private final Policy policy;
        private final Random random;
        private final int hours;

        /** 0, or 1 if there is an epoch before. */
        private final int last;

        private final List<HistoryEvent> events = new ArrayList<>();

        Writer(Policy policy, Random random) {
            this.policy = policy;
            this.random = random;
            this.hours = 1 + random.nextInt(12);
            this.last = policy.lookbackEpochs();
        }

        /**
         * The converters' worst case, and that of a count in one epoch: all C conversions have N
         * touches of the publisher, and N of the shop in other cells take their place.
         */
        void otherTouches(AttributionQuery query) {
            for (int touch = 0; touch < query.touchesMax(); touch++) {
                click(PUBLISHER, PERSON, 0, HOUR + touch * MINUTE, 2 * touch);
                click(SHOP, PERSON, 0, touch * MINUTE, 2 * touch + 1);
            }
            for (int i = 0; i <= query.conversionsPerEpoch(); i++) {
                conversion(PERSON, PERSON, (2 + i) * HOUR);
            }
        }

        /**
         * The worst case across epochs, all of it in one window. Person 0 converts C times and
         * names person 1's token of the epoch before, which leaves no place in that slot for C
         * conversions of others; C more name person 0's. Without person 0 its own C are gone from a
         * cell, and 2 C move from that cell to another one.
         */
        void freedSlots(AttributionQuery query) {
            int conversions = query.conversionsPerEpoch();
            long evening = 23 * HOUR;
            click(PUBLISHER, PERSON, 0, evening, 0);
            click(PUBLISHER, 1, 0, evening, 1);
            click(PUBLISHER, PERSON, last, MINUTE, 0);
            // One more of each than there is a place for: it is to change nothing.
            for (int i = 0; i <= conversions; i++) {
                int waiting = PEOPLE + i;
                int victim = PEOPLE + conversions + 1 + i;
                event(PUBLISHER, waiting, last, MINUTE, EventKind.VIEW, 0);
                event(PUBLISHER, victim, last, MINUTE, EventKind.VIEW, 1);
                conversion(PERSON, 1, (10 + i) * MINUTE);
                conversion(waiting, 1, (20 + i) * MINUTE);
                conversion(victim, PERSON, (30 + i) * MINUTE);
            }
        }

        private void click(String partner, int person, int epoch, long time, int cell) {
            event(partner, person, epoch, time, EventKind.CLICK, cell);
        }

        private void event(
                String partner, int person, int epoch, long time, EventKind kind, int cell) {
            add(
                    partner,
                    List.of(token(person, epoch)),
                    IDS + events.size(),
                    kind,
                    epoch,
                    time,
                    cell,
                    0);
        }

        /** In the last epoch, worth more than any query counts. */
        private void conversion(int person, int older, long time) {
            add(
                    ADVERTISER,
                    tokens(person, last, token(older, last - 1)),
                    IDS + events.size(),
                    EventKind.CONVERSION,
                    last,
                    time,
                    -1,
                    Long.MAX_VALUE);
        }

        void random(int count) {
            for (int i = 0; i < count; i++) {
                event();
                if (random.nextInt(10) == 0) {
                    events.add(events.get(events.size() - 1));
                }
            }
        }

        private void event() {
            String partner = PARTNERS.get(random.nextInt(PARTNERS.size()));
            boolean conversion = partner.equals(ADVERTISER) && random.nextInt(4) > 0;
            EventKind kind =
                    conversion
                            ? EventKind.CONVERSION
                            : random.nextBoolean() ? EventKind.CLICK : EventKind.VIEW;
            boolean lie = conversion && random.nextInt(5) == 0;
            int person = lie || random.nextBoolean() ? PERSON : random.nextInt(PEOPLE);
            int epoch = random.nextInt(last + 1);
            // The end of one epoch and the beginning of the next, so that look-backs reach over.
            long first = epoch < last ? policy.epochMillis() - hours * HOUR : 0;
            add(
                    partner,
                    conversion
                            ? tokens(person, epoch, older(person, epoch - 1))
                            : List.of(token(person, epoch)),
                    random.nextInt(IDS),
                    kind,
                    epoch,
                    first + random.nextInt((int) (hours * HOUR / STEP_MILLIS)) * STEP_MILLIS,
                    conversion ? -1 : random.nextInt(policy.cells().size()),
                    conversion ? random.nextInt(2500) : 0);
        }

        /** The truth, nobody, or often person 0. */
        private Token older(int person, int epoch) {
            return switch (random.nextInt(6)) {
                case 0 -> Token.NONE;
                case 1, 2 -> token(person, epoch);
                case 3 -> token(random.nextInt(PEOPLE), epoch);
                default -> token(PERSON, epoch);
            };
        }

        private List<Token> tokens(int person, int epoch, Token older) {
            Token own = token(person, epoch);
            return last == 0 ? List.of(own) : List.of(own, older);
        }

        private static Token token(int person, int epoch) {
            return new Token(person + 1, epoch + 2, 0, 0);
        }

        private void add(
                String partner,
                List<Token> tokens,
                int id,
                EventKind kind,
                int epoch,
                long time,
                int cell,
                long value) {
            BlindedEvent event =
                    new BlindedEvent(
                            new EventId(id, 0),
                            policy.firstEpoch() + epoch,
                            IdentifierKind.EMAIL,
                            tokens,
                            kind,
                            policy.startMillis() + epoch * policy.epochMillis() + time,
                            cell < 0 ? null : policy.cells().get(cell),
                            kind == EventKind.CONVERSION ? value : null);
            events.add(
                    new HistoryEvent(
                            partner, event, Digests.sha256(Codecs.BLINDED_EVENT.encode(event))));
        }
    }
}
