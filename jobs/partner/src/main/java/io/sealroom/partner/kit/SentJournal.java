package io.sealroom.partner.kit;

import io.sealroom.partner.durable.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

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
 * source, and the entry goes with the next seal. Unless Kafka had acknowledged it: its source was
 * told that it is there. So that is noted too, before the source is told; it survives the process
 * and is not forced to disk, which would cost every transaction a second write. Grows by 80 bytes a
 * record between two seals.
 */
final class SentJournal implements AutoCloseable {

    private final FileChannel channel;
    private final NotedRecords found;

    private SentJournal(FileChannel channel, NotedRecords found) {
        this.channel = channel;
        this.found = found;
    }

    /**
     * Reads what an earlier process left, and goes on in a file of its own, which takes the place
     * of the earlier one: that process may have been believed dead, and what it still notes must
     * not get between. To be opened when it can no longer commit.
     *
     * @param directory exists
     */
    static SentJournal open(Path directory) throws IOException {
        Path file = directory.resolve(NotedRecords.FILE);
        NotedRecords earlier = NotedRecords.read(directory);
        FileChannel channel = DurableFile.beginFresh(file);
        SentJournal journal = new SentJournal(channel, earlier);
        try {
            journal.write(earlier.entries());
            channel.force(false);
            DurableFile.replaceByFresh(file);
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What earlier processes noted. */
    NotedRecords found() {
        return found;
    }

    /** Returns when the records would be known after a loss of power. */
    void note(int partition, List<byte[]> values) throws IOException {
        write(NotedRecords.sent(partition, values));
        channel.force(false);
    }

    /** Returns when it would be known, after an end of the process, that they are committed. */
    void acknowledged(int partition, List<byte[]> values, List<Long> offsets) throws IOException {
        write(NotedRecords.acknowledged(partition, values, offsets));
    }

    /** Seals cover everything noted. */
    void clear() throws IOException {
        channel.truncate(0);
        channel.force(false);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
