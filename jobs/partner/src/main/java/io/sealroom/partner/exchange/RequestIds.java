package io.sealroom.partner.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;

/**
 * Ids of requests: rising over restarts too, since an evaluator refuses an id below one it has
 * seen. A block of ids is reserved on disk at a time. Without the file, numbering begins above
 * whatever an earlier state directory can have used: at the clock's milliseconds times the size of
 * a block.
 */
final class RequestIds {

    private static final long BLOCK = 1024;

    private final Path file;
    private long next;
    private long reserved;

    /**
     * @param directory exists; keeps the file {@code request-ids}
     */
    RequestIds(Path directory, Clock clock) throws IOException {
        this.file = directory.resolve("request-ids");
        this.next = Files.exists(file) ? read() : clock.millis() * BLOCK;
        this.reserved = next;
    }

    long next() throws IOException {
        if (next == reserved) {
            reserved = next + BLOCK;
            Path fresh = file.resolveSibling("request-ids.new");
            Files.writeString(fresh, Long.toString(reserved));
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return next++;
    }

    private long read() throws IOException {
        try {
            return Long.parseLong(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NumberFormatException e) {
            throw new IOException("not a number: " + file, e);
        }
    }
}
