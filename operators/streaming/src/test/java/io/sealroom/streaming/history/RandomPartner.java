package io.sealroom.streaming.history;

import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowPart;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One partner's topic: its events and seals, and what goes wrong. A record can get lost on the way
 * to a partition: then the partner's seals no longer fit what stands there, until it re-anchors. It
 * can fall silent before the room ends. Strangers and mistakes add records that are refused.
 */
final class RandomPartner {

    private final TestingRoom room;
    private final Policy policy;
    private final Random random;
    private final Predicate<BlindedEvent> kept;
    private final TestingPartner keys;
    private final RandomEvents events;
    private final List<Log> logs = new ArrayList<>();

    /**
     * @param kept events that come to stand in the topic; others never do
     */
    RandomPartner(TestingRoom room, String name, Random random, Predicate<BlindedEvent> kept) {
        this.room = room;
        this.policy = room.policy();
        this.random = random;
        this.kept = kept;
        this.keys = room.partner(name);
        this.events = new RandomEvents(room, name, random);
        for (int partition = 0; partition < keys.partitions(); partition++) {
            logs.add(
                    new Log(
                            ChainHead.genesis(policy.room(), name, partition, keys.partitions()),
                            policy.startMillis()));
        }
    }

    /** A partition, and what the partner believes of it. */
    private static final class Log {
        private final List<byte[]> values = new ArrayList<>();
        private ChainHead held;
        private ChainHead believed;
        private ChainHead sealedChain;
        private long sealedUntil;
        private long believedUntil;

        /** Seals that still fail before the partner re-anchors. */
        private int failing;

        Log(ChainHead genesis, long start) {
            held = genesis;
            believed = genesis;
            sealedChain = genesis;
            sealedUntil = start;
            believedUntil = start;
        }

        void append(byte[] value) {
            values.add(value);
            held = held.next(value);
            believed = believed.next(value);
        }

        boolean isBroken() {
            return !held.equals(believed);
        }
    }

    /** Everything that stands in the partitions at the end. */
    List<List<byte[]>> logs() {
        long shortest = policy.windowLengths().get(0);
        long silentFrom =
                random.nextInt(8) == 0
                        ? policy.startMillis()
                                + random.nextInt((int) (policy.endMillis() - policy.startMillis()))
                        : policy.endMillis();
        for (long start = policy.startMillis(); start < silentFrom; start += shortest) {
            window(start, start + shortest);
        }
        return logs.stream().map(log -> log.values).toList();
    }

    /** Seals a window in steps: partition 0 comes last in each, as its parts speak for all. */
    private void window(long start, long end) {
        long slices = (end - start) / policy.sliceMillis();
        long step = random.nextInt(3) == 0 ? policy.sliceMillis() : slices * policy.sliceMillis();
        for (long to = start + step; to <= end; to += step) {
            for (int partition = logs.size() - 1; partition >= 0; partition--) {
                Log log = logs.get(partition);
                write(log);
                if (partition == 0 || to == end || random.nextBoolean()) {
                    seal(partition, log, to);
                }
            }
        }
    }

    private void write(Log log) {
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] value = events.next(log.believedUntil);
            put(log, value);
            switch (random.nextInt(40)) {
                case 0 -> put(log, value);
                case 1 -> put(logs.get(random.nextInt(logs.size())), value);
                case 2 -> put(log, events.contradicting(value));
                case 3 -> put(log, events.late(log.believedUntil));
                case 4 -> put(log, events.tooEarly(log.believedUntil));
                case 5 -> put(log, garbage(value));
                case 6 -> put(log, lastSeal(log, value));
                default -> {}
            }
        }
        if (random.nextInt(25) == 0) {
            log.believed = log.believed.next(events.next(log.believedUntil));
            log.failing = random.nextInt(3);
        }
    }

    private void put(Log log, byte[] value) {
        if (Codecs.BLINDED_EVENT.decode(value).toOptional().filter(kept.negate()).isEmpty()) {
            log.append(value);
        }
    }

    private byte[] garbage(byte[] value) {
        return switch (random.nextInt(3)) {
            case 0 -> new byte[0];
            case 1 -> Arrays.copyOf(value, value.length + 1);
            default -> Arrays.copyOf(value, value.length - 1);
        };
    }

    /** A seal that was sent before, as after a crash; without one, the other value. */
    private static byte[] lastSeal(Log log, byte[] other) {
        for (int i = log.values.size() - 1; i >= 0; i--) {
            if (Codecs.SEAL.matches(log.values.get(i))) {
                return log.values.get(i);
            }
        }
        return other;
    }

    private void seal(int partition, Log log, long to) {
        if (log.isBroken() && log.failing-- <= 0) {
            log.believed = log.held;
            log.sealedChain = log.held;
            append(log, keys.sign(unsigned(partition, log, log.sealedUntil, to, true, List.of())));
            sealed(log, to);
            return;
        }
        List<WindowPart> parts =
                partition == 0 ? keys.windowParts().endingAt(to, closing(log)) : List.of();
        Seal seal = unsigned(partition, log, log.believedUntil, to, false, parts);
        if (random.nextInt(30) == 0) {
            append(log, keys.sign(seal, TestingKeys.chainKey("stranger")));
            parts = partition == 0 ? keys.windowParts().endingAt(to, closing(log)) : List.of();
            seal = unsigned(partition, log, log.believedUntil, to, false, parts);
        }
        boolean fits = !log.isBroken() && log.believedUntil == log.sealedUntil;
        log.sealedChain = log.believed;
        append(log, keys.sign(seal));
        log.believedUntil = to;
        if (fits) {
            log.sealedUntil = to;
        }
    }

    private static void sealed(Log log, long to) {
        log.sealedUntil = to;
        log.believedUntil = to;
    }

    private static void append(Log log, Seal seal) {
        log.append(Codecs.SEAL.encode(seal));
    }

    /** What the seals of all partitions state; now and then not what they do. */
    private List<ChainHead> closing(Log first) {
        List<ChainHead> closing = new ArrayList<>();
        logs.forEach(log -> closing.add(log.sealedChain));
        closing.set(0, random.nextInt(40) == 0 ? first.sealedChain : first.believed);
        return closing;
    }

    private Seal unsigned(
            int partition, Log log, long from, long to, boolean reanchor, List<WindowPart> parts) {
        return new Seal(
                partition,
                from,
                to,
                log.believed.count(),
                log.believed.head(),
                room.identity().policyHash(),
                reanchor,
                parts,
                Bytes.of(new byte[Secp256k1.SIGNATURE_LENGTH]));
    }
}
