package io.sealroom.partner.session;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sealroom.partner.exit.AgentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code DIR/<room>/<partner>}, held by one agent at a time. */
public final class StateDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    /**
     * Held by this process. To be looked at before the lock's file is opened: the system drops all
     * locks of a process on a file when the process closes any channel to it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path real;
    private final FileChannel lockFile;

    private StateDirectory(Path path, Path real, FileChannel lockFile) {
        this.path = path;
        this.real = real;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if it is missing.
     *
     * @throws AgentException if it cannot be used, or another agent uses it
     */
    public static StateDirectory open(Path base, String room, String partner)
            throws AgentException {
        Path path = path(base, room, partner);
        boolean opened = false;
        @Nullable Path held = null;
        try {
            Files.createDirectories(path);
            Path real = path.toRealPath();
            if (!HELD.add(real)) {
                throw used(path);
            }
            held = real;
            FileChannel channel = FileChannel.open(path.resolve(LOCK), CREATE, WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw used(path);
            }
            opened = true;
            return new StateDirectory(path, real, channel);
        } catch (IOException e) {
            throw AgentException.badInput("state directory %s cannot be used: %s", path, e);
        } finally {
            if (!opened && held != null) {
                HELD.remove(held);
            }
        }
    }

    /**
     * Looks whether an agent uses the directory, and leaves nothing there.
     *
     * @throws AgentException if one does
     */
    public static void requireFree(Path base, String room, String partner) throws AgentException {
        Path path = path(base, room, partner);
        if (Files.exists(path.resolve(LOCK))) {
            open(base, room, partner).close();
        }
    }

    /** Where it is, or would be. */
    public static Path path(Path base, String room, String partner) {
        return base.resolve(room).resolve(partner);
    }

    private static AgentException used(Path path) {
        return AgentException.badInput("state directory %s is used by another agent", path);
    }

    public Path path() {
        return path;
    }

    /** Lets the lock go. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        } finally {
            HELD.remove(real);
        }
    }
}
