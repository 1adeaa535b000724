package io.sealroom.partner.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file as a whole: after a loss of power it holds the old content or the new one. */
public final class DurableFile {

    private static final String FRESH = ".new";

    private DurableFile() {}

    /** Returns when the new content would survive a loss of power. */
    public static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = beginFresh(file)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        replaceByFresh(file);
    }

    /** An empty file beside the given one, to be filled, forced, and put in its place. */
    public static FileChannel beginFresh(Path file) throws IOException {
        return FileChannel.open(
                fresh(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    /** Puts what {@link #beginFresh} began in the place of the file. */
    public static void replaceByFresh(Path file) throws IOException {
        Files.move(
                fresh(file),
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        forceName(file);
    }

    /** A file's name, new or changed, is in its directory. */
    public static void forceName(Path file) throws IOException {
        try (FileChannel directory =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + FRESH);
    }
}
