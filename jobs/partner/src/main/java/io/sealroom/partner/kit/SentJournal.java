package io.sealroom.partner.kit;

import io.sealroom.partner.durable.DurableFile;
import io.sealroom.partner.seal.PartitionReplay;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Write-ahead journal of the records that this writer is about to send: partition and SHA-256 of
 * the value, forced to disk before their transaction begins, dropped when seals cover them.
 *
 * <p>Why before, and why at all:
 *
 * <ol>
 *   <li>A transaction is committed by the broker, and the process dies before it hears of it.
 *   <li>The next process finds records in the topic that no seal covers. Were they written by it,
 *       or by somebody else? Sealing a stranger's would vouch for them.
 *   <li>Noted afterwards, or in memory, the own ones would look like a stranger's.
 * </ol>
 *
 * An entry without a record is a transaction that never was: its events are sent again by their
 * source, and the entry goes with the next seal. Grows by 40 bytes a record between two seals.
 *
 * <p>Entries are {@code u32 partition || value hash || u32 CRC-32 of both}. A crash while writing
 * leaves a torn one at the end; nothing of its transaction was sent, so it is cut off.
 */
final class SentJournal implements AutoCloseable {

    private static final String NAME = "sent.journal";
    private static final int CHECKED_LENGTH = Integer.BYTES + Bytes32.LENGTH;
    private static final int ENTRY_LENGTH = CHECKED_LENGTH + Integer.BYTES;

    private final FileChannel channel;
    private final Set<Entry> found = new HashSet<>();

    private record Entry(int partition, Bytes32 valueHash) {}

    private SentJournal(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Reads what an earlier process left, and goes on in a file of its own, which takes the place
     * of the earlier one: that process may have been believed dead, and what it still notes must
     * not get between. To be opened when it can no longer commit.
     *
     * @param directory exists
     */
    static SentJournal open(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        byte[] earlier = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        FileChannel channel = DurableFile.beginFresh(file);
        SentJournal journal = new SentJournal(channel);
        try {
            journal.write(ByteBuffer.wrap(earlier, 0, journal.read(earlier)));
            DurableFile.replaceByFresh(file);
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The first of a partition's records that no earlier process noted. */
    Optional<PartitionReplay.Unsealed> firstNotNoted(
            int partition, Collection<PartitionReplay.Unsealed> records) {
        return records.stream()
                .filter(record -> !found.contains(new Entry(partition, record.valueHash())))
                .min(Comparator.comparingLong(PartitionReplay.Unsealed::offset));
    }

    /** Returns when the records would be known after a loss of power. */
    void note(int partition, List<byte[]> values) throws IOException {
        byte[] bytes = new byte[values.size() * ENTRY_LENGTH];
        ByteBuffer entries = ByteBuffer.wrap(bytes);
        for (byte[] value : values) {
            int start = entries.position();
            entries.putInt(partition).put(Digests.sha256(value).toBytes());
            entries.putInt(checksum(bytes, start));
        }
        write(entries.flip());
    }

    /** Seals cover everything noted. */
    void clear() throws IOException {
        found.clear();
        channel.truncate(0);
        channel.force(false);
    }

    /** Takes entries up to the first that is not intact, and tells where they end. */
    private int read(byte[] entries) {
        ByteBuffer left = ByteBuffer.wrap(entries);
        while (left.remaining() >= ENTRY_LENGTH) {
            int start = left.position();
            if (left.getInt(start + CHECKED_LENGTH) != checksum(entries, start)) {
                return start;
            }
            int partition = left.getInt();
            byte[] hash = new byte[Bytes32.LENGTH];
            left.get(hash);
            found.add(new Entry(partition, Bytes32.of(hash)));
            left.position(start + ENTRY_LENGTH);
        }
        return left.position();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private static int checksum(byte[] entries, int start) {
        CRC32 crc = new CRC32();
        crc.update(entries, start, CHECKED_LENGTH);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
