package io.sealroom.pipeline;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random events of a few people at both partners, written as their agents would: any order within a
 * slice, some slices ahead, twins and events that share an id, empty slices, several slices under
 * one seal.
 */
final class RandomHistory {

    private static final Size USUAL = new Size(160, 14, 0);

    private final TestingRoom room;
    private final Size size;
    private final Random random;
    private final Map<String, TestingPartner> partners = new LinkedHashMap<>();
    private final List<HistoryEvent> admitted = new ArrayList<>();

    /**
     * How much is written.
     *
     * @param events by each partner, before twins
     * @param people who they are of, at both partners
     * @param garbage records that are not events, by each partner and seal
     */
    record Size(int events, int people, int garbage) {}

    private RandomHistory(TestingRoom room, long seed, Size size) {
        this.room = room;
        this.size = size;
        this.random = new Random(seed);
        room.policy().suppliers().forEach(p -> partners.put(p.name(), room.partner(p.name())));
    }

    /** Writes and seals a whole room. */
    static RandomHistory write(TestingRoom room, long seed) {
        return write(room, seed, USUAL);
    }

    /** Writes and seals a whole room of any size. */
    static RandomHistory write(TestingRoom room, long seed, Size size) {
        RandomHistory history = new RandomHistory(room, seed, size);
        history.partners.values().forEach(history::writeAndSeal);
        return history;
    }

    Collection<TestingPartner> partners() {
        return partners.values();
    }

    TestingPartner partner(String name) {
        TestingPartner partner = partners.get(name);
        if (partner == null) {
            throw new IllegalArgumentException("no partner " + name);
        }
        return partner;
    }

    /** Every event that admission lets through, duplicates included. */
    List<HistoryEvent> admitted() {
        return List.copyOf(admitted);
    }

    private void writeAndSeal(TestingPartner partner) {
        Policy policy = room.policy();
        List<BlindedEvent> left = new ArrayList<>(events(partner));
        long shortest = policy.windowLengths().get(0);
        long sealed = policy.startMillis();
        while (sealed < policy.endMillis()) {
            long slices = 1L + random.nextInt(3);
            long windowEnd = (sealed / shortest + 1) * shortest;
            long to = Math.min(windowEnd, sealed + slices * policy.sliceMillis());
            writeBefore(partner, left, to, sealed + policy.maxAheadMillis());
            for (int i = 0; i < size.garbage(); i++) {
                partner.append(random.nextInt(partner.partitions()), new byte[] {(byte) i});
            }
            partner.sealAll(to);
            sealed = to;
        }
    }

    /** All events before {@code to} must go now; some that the seal allows go early. */
    private void writeBefore(
            TestingPartner partner, List<BlindedEvent> left, long to, long allowed) {
        Collections.shuffle(left, random);
        List<BlindedEvent> kept = new ArrayList<>();
        for (BlindedEvent event : left) {
            boolean early = event.eventTime() < allowed && random.nextInt(10) == 0;
            if (event.eventTime() < to || early) {
                partner.write(random.nextInt(partner.partitions()), event);
                admitted.add(
                        new HistoryEvent(
                                partner.name(),
                                event,
                                Digests.sha256(Codecs.BLINDED_EVENT.encode(event))));
            } else {
                kept.add(event);
            }
        }
        left.clear();
        left.addAll(kept);
    }

    private List<BlindedEvent> events(TestingPartner partner) {
        List<BlindedEvent> events = new ArrayList<>();
        for (int i = 0; i < size.events(); i++) {
            BlindedEvent event = event(partner, i);
            events.add(event);
            if (random.nextInt(12) == 0) {
                events.add(event);
            }
            if (random.nextInt(12) == 0) {
                events.add(sameId(event));
            }
        }
        return events;
    }

    private BlindedEvent event(TestingPartner partner, int index) {
        Policy policy = room.policy();
        boolean converts =
                partner.name().equals("advertiser")
                        ? random.nextInt(4) > 0
                        : random.nextInt(20) == 0;
        EventKind kind =
                converts
                        ? EventKind.CONVERSION
                        : random.nextInt(4) == 0 ? EventKind.CLICK : EventKind.VIEW;
        // A coarse grid makes equal times, and so ties, common.
        long grid = 30_000;
        long span = (policy.endMillis() - policy.startMillis()) / grid;
        long time = policy.startMillis() + grid * random.nextInt(Math.toIntExact(span));
        IdentifierKind identifierKind =
                random.nextInt(8) == 0 ? IdentifierKind.PHONE : IdentifierKind.EMAIL;
        String person = "person " + random.nextInt(size.people());
        return new BlindedEvent(
                new EventId(random.nextInt(40), index),
                policy.epochOf(time),
                identifierKind,
                tokens(partner, identifierKind, person, kind, time),
                kind,
                time,
                kind.isExposure() ? anyCell() : null,
                kind.isExposure() ? null : (long) random.nextInt(30_000));
    }

    /** A conversion carries its person's tokens of the epochs before, none before the first. */
    private List<Token> tokens(
            TestingPartner partner,
            IdentifierKind identifierKind,
            String person,
            EventKind kind,
            long time) {
        Policy policy = room.policy();
        List<Token> tokens = new ArrayList<>();
        int slots = kind.isExposure() ? 1 : 1 + policy.lookbackEpochs();
        for (int slot = 0; slot < slots; slot++) {
            long then = time - slot * policy.epochMillis();
            tokens.add(
                    policy.epochOf(then) < policy.firstEpoch()
                            ? Token.NONE
                            : partner.events().token(identifierKind, person, then));
        }
        return tokens;
    }

    /** Another event under the same id: a correction, as the partner's system may send it. */
    private BlindedEvent sameId(BlindedEvent event) {
        Policy policy = room.policy();
        long step = policy.sliceMillis() / 2;
        long epochEnd = (event.epoch() + 1) * policy.epochMillis();
        long time =
                Math.min(
                        event.eventTime() + random.nextInt(3) * step,
                        Math.min(epochEnd, policy.endMillis()) - 1);
        boolean exposure = event.kind().isExposure();
        return new BlindedEvent(
                event.eventId(),
                event.epoch(),
                event.identifierKind(),
                event.tokens(),
                event.kind(),
                time,
                exposure ? anyCell() : null,
                exposure ? null : (long) random.nextInt(30_000));
    }

    private String anyCell() {
        List<String> cells = room.policy().cells();
        return cells.get(random.nextInt(cells.size()));
    }
}
