package io.sealroom.partner.tokens;

import io.sealroom.schemas.record.Token;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one epoch on disk: in memory only where each is. What is in a frame that does not
 * open, when the files are read first or at any later look, counts as missing; it is asked for and
 * written again.
 */
final class EpochSegments implements Closeable {

    /** Of a location: the address of a frame, and a place in it. */
    private static final int SLOT_BITS = 4;

    private final Path directory;
    private final CacheKeys keys;
    private final long epoch;
    private final SecureRandom random;
    private final EpochFrames frames;
    private final KeyIndex index = new KeyIndex();

    /** Writing waits for the disk: finding does not wait for writing. */
    private final Object writeLock = new Object();

    private @Nullable Segment writing;

    private EpochSegments(
            Path directory, CacheKeys keys, long epoch, SecureRandom random, TokenMetrics metrics) {
        this.directory = directory;
        this.keys = keys;
        this.epoch = epoch;
        this.random = random;
        this.frames = new EpochFrames(directory, metrics);
    }

    /**
     * @param directory of the epoch; made when the first token is stored
     * @throws IOException if what is there cannot be read
     */
    static EpochSegments open(
            Path directory, CacheKeys keys, long epoch, SecureRandom random, TokenMetrics metrics)
            throws IOException {
        EpochSegments opened = new EpochSegments(directory, keys, epoch, random, metrics);
        if (Files.isDirectory(directory)) {
            try {
                opened.load();
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        }
        return opened;
    }

    private synchronized void load() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.filter(Segment::isSegment).sorted().toList();
        }
        for (Path file : files) {
            frames.load(file, keys, epoch, this::indexed);
        }
    }

    /** Tokens of those keys that are there. */
    synchronized Map<CacheKey, Token> find(Collection<CacheKey> wanted) {
        // In the order of the file, so that each frame is decrypted once.
        TreeMap<Long, CacheKey> byLocation = new TreeMap<>();
        for (CacheKey key : wanted) {
            OptionalLong location = location(key);
            if (location.isPresent()) {
                byLocation.put(location.getAsLong(), key);
            }
        }
        Map<CacheKey, Token> found = new HashMap<>();
        long readAddress = -1;
        Frame frame = new Frame(List.of());
        for (Map.Entry<Long, CacheKey> entry : byLocation.entrySet()) {
            long address = entry.getKey() >>> SLOT_BITS;
            if (address != readAddress) {
                frame = frames.read(address);
                readAddress = address;
            }
            int slot = (int) (entry.getKey() & (Frame.ENTRIES_MAX - 1));
            if (slot < frame.entries().size()) {
                found.put(entry.getValue(), frame.entries().get(slot).token());
            }
        }
        return found;
    }

    /** Writes those that are not there, in one new stretch of this process's own file. */
    void store(Map<CacheKey, Token> tokens) throws IOException {
        synchronized (writeLock) {
            List<Frame> added = missing(tokens);
            if (added.isEmpty()) {
                return;
            }
            Segment before = writing;
            boolean fresh = before == null;
            Segment segment = before == null ? create() : before;
            // Until the write is done: after a failed one this file is not written on.
            writing = null;
            int first = append(segment, fresh, added);
            writing = segment;
            synchronized (this) {
                if (fresh) {
                    frames.add(segment);
                }
                for (int i = 0; i < added.size(); i++) {
                    indexed(frames.address(segment, first + i), added.get(i));
                }
            }
        }
    }

    private Segment create() throws IOException {
        Files.createDirectories(directory);
        return Segment.create(directory, keys, epoch, random);
    }

    /** A disk that stays full leaves neither files nor open ones behind, try after try. */
    private static int append(Segment segment, boolean fresh, List<Frame> added)
            throws IOException {
        try {
            return segment.append(added);
        } catch (IOException | RuntimeException e) {
            try {
                if (fresh) {
                    segment.discard();
                } else {
                    segment.endWriting();
                }
            } catch (IOException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private synchronized List<Frame> missing(Map<CacheKey, Token> tokens) {
        List<Frame> missing = new ArrayList<>();
        List<Frame.Entry> entries = new ArrayList<>(Frame.ENTRIES_MAX);
        for (Map.Entry<CacheKey, Token> added : tokens.entrySet()) {
            if (location(added.getKey()).isPresent()) {
                continue;
            }
            entries.add(new Frame.Entry(added.getKey(), added.getValue()));
            if (entries.size() == Frame.ENTRIES_MAX) {
                missing.add(new Frame(entries));
                entries.clear();
            }
        }
        if (!entries.isEmpty()) {
            missing.add(new Frame(entries));
        }
        return missing;
    }

    private void indexed(long address, Frame frame) {
        for (int slot = 0; slot < frame.entries().size(); slot++) {
            index.put(frame.entries().get(slot).key(), address << SLOT_BITS | slot);
        }
    }

    /** Nothing for a key whose frame was refused. */
    private OptionalLong location(CacheKey key) {
        OptionalLong location = index.find(key);
        return location.isPresent() && frames.isRefused(location.getAsLong() >>> SLOT_BITS)
                ? OptionalLong.empty()
                : location;
    }

    @Override
    public synchronized void close() throws IOException {
        frames.close();
    }
}
