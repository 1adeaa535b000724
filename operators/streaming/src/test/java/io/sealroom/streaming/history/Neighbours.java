package io.sealroom.streaming.history;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.Lp;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.streaming.flow.AdmittedEvent;
import io.sealroom.streaming.flow.TokenKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One epoch's events, and the same without one identifier at some partners. Person 0 is the one
 * that is removed; it has most events, so that caps are reached and passed. Ids are few: people and
 * partners share them, and a person repeats its own with another time, cell or value. The
 * advertiser lies: some conversions of others carry person 0's token, and such a record is one of
 * person 0's, as no record says whose it really is.
 *
 * @param all every event, by the start of epoch 0
 * @param without those that are left
 */
record Neighbours(List<AdmittedEvent> all, List<AdmittedEvent> without) {

    private static final int PARTNERS = 3;
    private static final int ADVERTISER = 1;
    private static final int PEOPLE = 3;
    private static final int IDS = 40;
    private static final long STEP_MILLIS = 300_000;
    private static final int CELLS = 3;

    static Neighbours random(Policy policy, Random random) {
        int hours = 1 + random.nextInt(12);
        int events = 1 + random.nextInt(60);
        List<AdmittedEvent> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            AdmittedEvent event = event(policy, random, hours);
            all.add(event);
            if (random.nextInt(10) == 0) {
                all.add(event);
            }
        }
        // Any non-empty subset of partners.
        int removed = 1 + random.nextInt((1 << PARTNERS) - 1);
        TokenKey victim = token(0);
        return new Neighbours(
                all,
                all.stream()
                        .filter(
                                event ->
                                        !event.key().equals(victim)
                                                || (removed & 1 << event.partner()) == 0)
                        .toList());
    }

    private static AdmittedEvent event(Policy policy, Random random, int hours) {
        int partner = random.nextInt(PARTNERS);
        boolean conversion = partner == ADVERTISER && random.nextInt(4) > 0;
        EventKind kind =
                conversion
                        ? EventKind.CONVERSION
                        : random.nextBoolean() ? EventKind.CLICK : EventKind.VIEW;
        boolean lie = conversion && random.nextInt(5) == 0;
        int person = lie || random.nextBoolean() ? 0 : random.nextInt(PEOPLE);
        long time =
                policy.startMillis()
                        + random.nextInt((int) (hours * 3_600_000L / STEP_MILLIS)) * STEP_MILLIS;
        int cell = conversion ? -1 : random.nextInt(CELLS);
        long value = conversion ? random.nextInt(2500) : 0;
        int id = random.nextInt(IDS);
        return new AdmittedEvent(
                partner,
                token(person),
                new EventId(id, 0),
                kind,
                time,
                cell,
                value,
                hash(
                        String.format(
                                "%d %d %d %s %d %d %d",
                                partner, person, id, kind, time, cell, value)));
    }

    private static TokenKey token(int person) {
        return new TokenKey(0, person + 1, 0, 0, 0);
    }

    private static Bytes32 hash(String text) {
        return Digests.sha256(Lp.text(text));
    }

    /** An event moved to another epoch, under a token of that epoch. */
    static AdmittedEvent in(int epoch, long epochMillis, AdmittedEvent event) {
        TokenKey token = event.key();
        return new AdmittedEvent(
                event.partner(),
                new TokenKey(token.kind(), token.w0(), epoch, 0, 0),
                event.eventId(),
                event.kind(),
                event.time() + epoch * epochMillis,
                event.cell(),
                event.value(),
                event.recordHash());
    }
}
