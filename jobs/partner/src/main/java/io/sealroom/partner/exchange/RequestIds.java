package io.sealroom.partner.exchange;

import io.sealroom.partner.durable.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Ids of requests: rising over restarts too, since an evaluator refuses an id below one it has
 * seen. A block of ids is reserved on disk at a time. Numbering begins at the clock's milliseconds
 * times the size of a block, if what is on disk is not above: without the file, or with an old copy
 * of it, that is above whatever was used since. An id used twice would be evidence against this
 * partner. For one thread.
 */
final class RequestIds {

    private static final long BLOCK = 1024;

    /** No jump goes beyond; what is left above lasts for ever, one by one. */
    private static final long JUMP_END = 1L << 62;

    private final Path file;
    private long next;
    private long reserved;

    /**
     * @param directory exists; keeps the file {@code request-ids}
     */
    RequestIds(Path directory, Clock clock) throws IOException {
        this.file = directory.resolve("request-ids");
        long byClock = clock.millis() * BLOCK;
        this.next = Files.exists(file) ? Math.max(read(), byClock) : byClock;
        this.reserved = next;
    }

    long next() throws IOException {
        if (next >= reserved) {
            long end = next + BLOCK;
            DurableFile.write(file, Long.toString(end).getBytes(StandardCharsets.UTF_8));
            reserved = end;
        }
        return next++;
    }

    /**
     * Leaves ids out: an evaluator has seen higher ones, from a state directory that is lost, under
     * a clock that was ahead.
     *
     * @param count not negative
     */
    void jump(long count) {
        if (next < JUMP_END - count) {
            next += count;
        }
    }

    private long read() throws IOException {
        try {
            return Long.parseLong(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NumberFormatException e) {
            throw new IOException("not a number: " + file, e);
        }
    }
}
