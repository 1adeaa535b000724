package io.sealroom.partner.tokens;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of one epoch, over all its files. A frame that does not open is empty from then on. An
 * address is a number that is not negative. Not safe for use by several threads.
 */
final class EpochFrames implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(EpochFrames.class);
    private static final int FRAME_BITS = 32;

    private final Path directory;
    private final TokenMetrics metrics;
    private final List<Segment> segments = new ArrayList<>();
    private final Set<Long> refused = new HashSet<>();

    /** What is done with each frame of a file. */
    interface FrameVisitor {
        void visit(long address, Frame frame);
    }

    EpochFrames(Path directory, TokenMetrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    void add(Segment segment) {
        segments.add(segment);
    }

    /** Adds a file that is there, and reads it through. */
    void load(Path file, CacheKeys keys, long epoch, FrameVisitor visitor) throws IOException {
        Segment segment =
                Segment.open(
                        file,
                        keys,
                        epoch,
                        () -> {
                            LOG.warn(
                                    "token cache {}: the last write was not finished, as after a"
                                            + " kill; cut off, its tokens are asked for again",
                                    file);
                            metrics.torn();
                        });
        segments.add(segment);
        int before = refused.size();
        for (int i = 0; i < segment.frames(); i++) {
            long address = address(segment, i);
            Optional<Frame> frame = segment.read(i);
            if (frame.isPresent()) {
                visitor.visit(address, frame.get());
            } else {
                refused.add(address);
            }
        }
        report(refused.size() - before);
    }

    /**
     * @param segment one of these files
     */
    long address(Segment segment, int frame) {
        return (long) segments.indexOf(segment) << FRAME_BITS | frame;
    }

    boolean isRefused(long address) {
        return refused.contains(address);
    }

    Frame read(long address) {
        try {
            Optional<Frame> frame =
                    segments.get((int) (address >>> FRAME_BITS)).read((int) address);
            if (frame.isPresent()) {
                return frame.get();
            }
        } catch (IOException e) {
            metrics.diskFailed("read");
            LOG.warn("token cache {} cannot be read", directory, e);
        }
        refused.add(address);
        report(1);
        return new Frame(List.of());
    }

    private void report(int frames) {
        if (frames > 0) {
            metrics.refusedFrames(frames);
            LOG.warn(
                    "token cache {}: {} frames are not what was written there; up to {} tokens are"
                            + " asked for again. Somebody changed the file, or the disk did, or the"
                            + " room was made anew",
                    directory,
                    frames,
                    (long) frames * Frame.ENTRIES_MAX);
        }
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments) {
            segment.close();
        }
    }
}
