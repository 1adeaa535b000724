package io.sealroom.privacy.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A small file that only its owner may read, written so that a crash leaves it whole. */
final class OwnerOnlyFile {

    private static final long BYTES_MAX = 65_536;
    private static final String NEXT = ".next";
    private static final String PASSED = ".passed";
    private static final String LOCK = ".lock";

    /** A file lock is the whole process's: it keeps no thread of it out. */
    private static final Object IN_PROCESS = new Object();

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private OwnerOnlyFile() {}

    /** What is done to a file while nobody else changes it. */
    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }

    /**
     * Makes one change after the other, among threads and processes: of two that replace a file at
     * once, one would overwrite with zeros what the other has just put there. The empty file that
     * is locked stays: whoever deleted it could let two in.
     *
     * @throws KeyFileException if the file is missing, or others have any access to it
     */
    static <T> T alone(Path file, Change<T> change) throws IOException {
        requireOwnerOnly(file);
        synchronized (IN_PROCESS) {
            try (FileChannel channel =
                    FileChannel.open(
                            sibling(file, LOCK),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                FileLock held = channel.lock();
                try {
                    return change.make();
                } finally {
                    held.release();
                }
            }
        }
    }

    /**
     * Creates the file with mode 600 from its first moment: at no time may anybody else open it.
     *
     * @throws KeyFileException if the file exists: keys are never overwritten
     */
    static void create(Path file, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            write(channel, content);
        } catch (FileAlreadyExistsException e) {
            throw KeyFileException.of(file, "exists; keys are never overwritten");
        }
        forceDirectory(file);
    }

    /**
     * Puts another content in the place of the present one, which is overwritten with zeros where
     * it lies. Whenever the machine stops, one of the two is there and whole, and what must go has
     * a name by which {@link #clear} finds it.
     *
     * @param file an existing one
     */
    static void replace(Path file, byte[] content) throws IOException {
        clear(file);
        Path next = sibling(file, NEXT);
        Path passed = sibling(file, PASSED);
        create(next, content);
        try (FileChannel old = FileChannel.open(file, StandardOpenOption.WRITE)) {
            nameAlso(file, passed);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            // Only now, and through the open channel: the name already leads to the new content.
            zero(old);
        }
        Files.deleteIfExists(passed);
        forceDirectory(file);
    }

    /** Finishes what a run that was killed has left: nothing but the file remains. */
    static void clear(Path file) throws IOException {
        shred(sibling(file, NEXT));
        Path passed = sibling(file, PASSED);
        if (Files.exists(passed) && Files.isSameFile(passed, file)) {
            // Killed before the move: it is the present content.
            Files.delete(passed);
        } else {
            shred(passed);
        }
    }

    /** So that the old content can still be found if the machine stops before it is zero. */
    private static void nameAlso(Path file, Path passed) throws IOException {
        try {
            Files.createLink(passed, file);
            forceDirectory(file);
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            // Then a machine that stops in the wrong moment leaves the old bytes on the disk.
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /**
     * @throws KeyFileException if it is missing, too long, or others have any access to it
     */
    static byte[] read(Path file) throws IOException {
        requireOwnerOnly(file);
        if (Files.size(file) > BYTES_MAX) {
            throw KeyFileException.of(file, "must have at most %d bytes", BYTES_MAX);
        }
        return Files.readAllBytes(file);
    }

    private static void shred(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            zero(channel);
            Files.delete(file);
        } catch (NoSuchFileException e) {
            // As it should be.
        }
    }

    private static void zero(FileChannel channel) throws IOException {
        write(channel, new byte[Math.toIntExact(channel.size())]);
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** A name is only as durable as its directory. */
    private static void forceDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (NoSuchFileException e) {
            throw KeyFileException.of(file, "does not exist");
        } catch (UnsupportedOperationException e) {
            throw KeyFileException.of(file, "lies on a file system without POSIX permissions");
        }
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw KeyFileException.of(
                    file,
                    "has mode %s; only its owner may have access: chmod 600",
                    PosixFilePermissions.toString(permissions));
        }
    }
}
