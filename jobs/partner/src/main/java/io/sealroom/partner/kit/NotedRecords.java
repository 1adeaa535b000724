package io.sealroom.partner.kit;

import io.sealroom.partner.durable.DurableFile;
import io.sealroom.partner.seal.LedgerDifference;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;

/**
 * What earlier processes noted in the journal ({@link SentJournal}) since the last seals: what they
 * were about to send, and what Kafka acknowledged.
 *
 * <p>An entry is {@code u32 partition || 32 bytes || u32 CRC-32 of both}. The 32 bytes are the
 * SHA-256 of a value about to be sent; or, if the highest bit of the partition is set, {@code u64
 * offset || the first 24 bytes of that hash}, of one that is committed there.
 */
public final class NotedRecords {

    static final String FILE = "sent.journal";

    private static final int CHECKED_LENGTH = Integer.BYTES + Bytes32.LENGTH;
    private static final int ENTRY_LENGTH = CHECKED_LENGTH + Integer.BYTES;
    private static final int ACKNOWLEDGED = 1 << 31;
    private static final int PREFIX_LENGTH = Bytes32.LENGTH - Long.BYTES;

    private final Set<Sent> sent = new HashSet<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final byte[] intact;

    private record Sent(int partition, Bytes32 valueHash) {}

    /** What a partition holds: the offset of its last valid seal, and the events behind it. */
    record Held(long lastSealOffset, List<PartitionReplay.Unsealed> unsealed) {}

    private record Acknowledged(int partition, long offset, Bytes hashPrefix) {}

    /** Takes entries up to the first that is not intact: a crash may have torn the last one. */
    NotedRecords(byte[] entries) {
        ByteBuffer left = ByteBuffer.wrap(entries);
        while (left.remaining() >= ENTRY_LENGTH && isIntact(entries, left.position())) {
            take(left);
            left.getInt();
        }
        intact = Arrays.copyOf(entries, left.position());
    }

    /** Those of a state directory; none if it has no journal. */
    public static NotedRecords read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        return new NotedRecords(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
    }

    /** Drops everything of some partitions from the journal of a directory that nobody uses. */
    public static void forget(Path directory, IntPredicate partitions) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            byte[] entries = read(directory).intact;
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            for (int at = 0; at < entries.length; at += ENTRY_LENGTH) {
                if (!partitions.test(ByteBuffer.wrap(entries).getInt(at) & ~ACKNOWLEDGED)) {
                    kept.write(entries, at, ENTRY_LENGTH);
                }
            }
            DurableFile.write(file, kept.toByteArray());
        }
    }

    /** Entries for values that are about to be sent. */
    static ByteBuffer sent(int partition, List<byte[]> values) {
        byte[] bytes = new byte[values.size() * ENTRY_LENGTH];
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        for (byte[] value : values) {
            int start = entries.position();
            entries.putInt(partition).put(Digests.sha256(value).toBytes());
            entries.putInt(checksum(bytes, start));
        }
        return entries.flip();
    }

    /** Entries for the same values, once they are committed. */
    static ByteBuffer acknowledged(int partition, List<byte[]> values, List<Long> offsets) {
        byte[] bytes = new byte[values.size() * ENTRY_LENGTH];
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        for (int i = 0; i < values.size(); i++) {
            int start = entries.position();
            entries.putInt(partition | ACKNOWLEDGED).putLong(offsets.get(i));
            entries.put(Digests.sha256(values.get(i)).toBytes(), 0, PREFIX_LENGTH);
            entries.putInt(checksum(bytes, start));
        }
        return entries.flip();
    }

    private static boolean isIntact(byte[] entries, int at) {
        return ByteBuffer.wrap(entries).getInt(at + CHECKED_LENGTH) == checksum(entries, at);
    }

    private static int checksum(byte[] entries, int start) {
        CRC32 crc = new CRC32();
        crc.update(entries, start, CHECKED_LENGTH);
        return (int) crc.getValue();
    }

    private void take(ByteBuffer entry) {
        int partition = entry.getInt();
        if ((partition & ACKNOWLEDGED) != 0) {
            long offset = entry.getLong();
            byte[] prefix = new byte[PREFIX_LENGTH];
            entry.get(prefix);
            acknowledged.add(new Acknowledged(partition & ~ACKNOWLEDGED, offset, Bytes.of(prefix)));
        } else {
            byte[] hash = new byte[Bytes32.LENGTH];
            entry.get(hash);
            sent.add(new Sent(partition, Bytes32.of(hash)));
        }
    }

    /** The bytes of all entries. */
    ByteBuffer entries() {
        return ByteBuffer.wrap(intact).asReadOnlyBuffer();
    }

    /**
     * What a partition holds since its last seal and nobody noted, or this partner would vouch for
     * a stranger's; and what was acknowledged since then and is gone, of which the source was told
     * that it need not send it again. In rising order of offsets; none if it is sealed whole.
     */
    public List<LedgerDifference> differences(int partition, PartitionReplay replay) {
        if (replay.isWhole()) {
            return List.of();
        }
        return differences(
                partition,
                new Held(replay.lastSealOffset(), List.copyOf(replay.unsealedEvents().values())));
    }

    List<LedgerDifference> differences(int partition, Held held) {
        List<LedgerDifference> differences = new ArrayList<>();
        Set<Bytes> present = new HashSet<>();
        for (PartitionReplay.Unsealed record : held.unsealed()) {
            present.add(prefix(record.valueHash()));
            if (!sent.contains(new Sent(partition, record.valueHash()))) {
                differences.add(
                        new LedgerDifference(
                                partition,
                                record.offset(),
                                LedgerDifference.Kind.UNEXPECTED_RECORD));
            }
        }
        for (Acknowledged record : acknowledged) {
            // What a seal covers was read back before it was sealed.
            if (record.partition() == partition
                    && record.offset() > held.lastSealOffset()
                    && !present.contains(record.hashPrefix())) {
                differences.add(
                        new LedgerDifference(
                                partition, record.offset(), LedgerDifference.Kind.MISSING_RECORD));
            }
        }
        return differences.stream()
                .sorted(Comparator.comparingLong(LedgerDifference::offset))
                .toList();
    }

    private static Bytes prefix(Bytes32 hash) {
        return Bytes.of(Arrays.copyOf(hash.toBytes(), PREFIX_LENGTH));
    }
}
