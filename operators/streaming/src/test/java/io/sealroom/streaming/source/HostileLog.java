package io.sealroom.streaming.source;

import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Withheld;
import io.sealroom.schemas.record.WithheldReason;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One partition as a hostile partner with its own key writes it: half of the records are honest,
 * the others are garbage, damaged bytes, and well-formed records that are wrong in one field.
 * Seeded.
 */
final class HostileLog {

    private static final byte[] OVERSIZE = new byte[PartitionLog.RECORD_BYTES_MAX + 1];
    private static final byte[] FOREIGN =
            Codecs.WITHHELD.encode(
                    new Withheld("query", 1, 2, WithheldReason.CONFLICT, null, null));

    private final TestingPartner partner;
    private final int partition;
    private final Random random;
    private final HostileEvents events;
    private final HostileSeals seals;
    private final List<HostileRecord> records = new ArrayList<>();

    private HostileLog(TestingRoom room, int partition, long seed) {
        this.partner = room.partner("publisher");
        this.partition = partition;
        this.random = new Random(seed);
        this.events = new HostileEvents(room.policy(), random);
        this.seals = new HostileSeals(room, partner, partition, random);
    }

    /** A partition of the publisher's topic with so many records. */
    static HostileLog write(TestingRoom room, int partition, int count, long seed) {
        HostileLog log = new HostileLog(room, partition, seed);
        while (log.records.size() < count) {
            log.writeNext();
        }
        return log;
    }

    List<HostileRecord> records() {
        return records;
    }

    /** Count and head as its writer has them. */
    ChainHead chain() {
        return partner.chain(partition);
    }

    /** Signatures cost a thousand times what events do: few of the records are seals. */
    private void writeNext() {
        int choice = random.nextInt(1_000);
        if (choice < 16) {
            records.add(seals.honest());
        } else if (choice < 34) {
            append(seals.faulty());
        } else if (choice < 42) {
            append(HostileRecord.of(damaged(seals.any()), null));
        } else if (choice < 70) {
            append(garbage());
        } else if (choice < 300) {
            append(HostileRecord.of(damaged(event()), null));
        } else if (choice < 500) {
            append(events.faulty(partner.sealedUntil(partition)));
        } else {
            append(events.honest(partner.sealedUntil(partition)));
        }
    }

    private void append(HostileRecord record) {
        byte[] value = record.value();
        partner.append(partition, value == null ? new byte[0] : value);
        records.add(record);
    }

    private byte[] event() {
        byte[] value = events.honest(partner.sealedUntil(partition)).value();
        return value == null ? new byte[0] : value;
    }

    private HostileRecord garbage() {
        byte[] event = event();
        return switch (random.nextInt(32)) {
            case 0 -> HostileRecord.of(OVERSIZE, "OVERSIZE");
            case 1, 2, 3, 4 -> HostileRecord.of(null, "UNDECODABLE");
            case 5, 6, 7, 8 -> HostileRecord.of(bytes(random.nextInt(200)), null);
            case 9, 10, 11, 12 -> HostileRecord.of(FOREIGN, "UNKNOWN_SCHEMA");
            case 13, 14, 15, 16 ->
                    HostileRecord.of(
                            Arrays.copyOf(event, random.nextInt(event.length)), "UNDECODABLE");
            case 17, 18, 19 -> HostileRecord.of(splice(seals.any(), event), null);
            default ->
                    HostileRecord.of(
                            Arrays.copyOf(event, event.length + 1 + random.nextInt(9)),
                            "TRAILING_BYTES");
        };
    }

    /** Flipped bits, a part cut out, doubled or overwritten. */
    private byte[] damaged(byte[] value) {
        int at = random.nextInt(value.length);
        int until = at + random.nextInt(Math.min(value.length - at, 40));
        return switch (random.nextInt(6)) {
            case 0 ->
                    splice(
                            Arrays.copyOf(value, at),
                            Arrays.copyOfRange(value, until, value.length));
            case 1 ->
                    splice(
                            Arrays.copyOf(value, until),
                            Arrays.copyOfRange(value, at, value.length));
            case 2 -> {
                byte[] overwritten = value.clone();
                Arrays.fill(overwritten, at, until, (byte) (random.nextBoolean() ? 0 : 0xff));
                yield overwritten;
            }
            default -> {
                byte[] flipped = value.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
        };
    }

    private static byte[] splice(byte[] head, byte[] tail) {
        byte[] spliced = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, spliced, head.length, tail.length);
        return spliced;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
