package io.sealroom.partner.tokens;

import io.sealroom.partner.durable.DurableFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file of encrypted frames, all of one length. Its name has its random id, from which its key
 * is derived. Written by the process that made it and by no later one.
 *
 * <p>Not through a {@link FileChannel}: an interrupt of any thread that looks for a token would
 * close it, and everything in the file would have to be asked for again.
 */
final class Segment implements Closeable {

    static final int FRAME_LENGTH = Frame.LENGTH + SegmentCipher.TAG_LENGTH;

    private static final String SUFFIX = ".tokens";
    private static final int ID_LENGTH = 16;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.tokens");

    private final Path file;
    private final RandomAccessFile reader;
    private final @Nullable RandomAccessFile writer;
    private final SegmentCipher cipher;
    private int frames;

    private Segment(
            Path file,
            RandomAccessFile reader,
            @Nullable RandomAccessFile writer,
            SegmentCipher cipher,
            int frames) {
        this.file = file;
        this.reader = reader;
        this.writer = writer;
        this.cipher = cipher;
        this.frames = frames;
    }

    static boolean isSegment(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    /** A new file in a directory that exists. */
    static Segment create(Path directory, CacheKeys keys, long epoch, SecureRandom random)
            throws IOException {
        byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        Path file = directory.resolve(HexFormat.of().formatHex(id) + SUFFIX);
        Files.createFile(file);
        DurableFile.forceName(file);
        File opened = file.toFile();
        return new Segment(
                file,
                new RandomAccessFile(opened, "r"),
                new RandomAccessFile(opened, "rw"),
                keys.cipher(epoch, id),
                0);
    }

    /**
     * What an earlier process left. A write that it did not finish is cut off.
     *
     * @param file {@link #isSegment}
     * @param torn runs if something was cut off
     */
    static Segment open(Path file, CacheKeys keys, long epoch, Runnable torn) throws IOException {
        String name = file.getFileName().toString();
        byte[] id = HexFormat.of().parseHex(name.substring(0, 2 * ID_LENGTH));
        long size = Files.size(file);
        long whole = size - size % FRAME_LENGTH;
        if (whole != size) {
            try (FileChannel writing = FileChannel.open(file, StandardOpenOption.WRITE)) {
                writing.truncate(whole);
                writing.force(true);
            }
            torn.run();
        }
        return new Segment(
                file,
                new RandomAccessFile(file.toFile(), "r"),
                null,
                keys.cipher(epoch, id),
                Math.toIntExact(whole / FRAME_LENGTH));
    }

    int frames() {
        return frames;
    }

    /**
     * For one thread at a time; another may append.
     *
     * @return nothing if the bytes are not those that were written there
     * @throws IOException if the file cannot be read
     */
    Optional<Frame> read(int frame) throws IOException {
        byte[] sealed = new byte[FRAME_LENGTH];
        try {
            reader.seek((long) frame * FRAME_LENGTH);
            reader.readFully(sealed);
        } catch (EOFException shorter) {
            return Optional.empty();
        }
        return cipher.open(frame, sealed).map(Frame::decode);
    }

    /**
     * Returns when the frames would survive a loss of power. After an exception nothing more may be
     * appended: places of what was written in part must not be used again.
     *
     * @return place of the first
     */
    int append(List<Frame> added) throws IOException {
        if (writer == null) {
            throw new IllegalStateException("only the process that made a segment writes to it");
        }
        int first = frames;
        ByteBuffer sealed = ByteBuffer.allocate(Math.multiplyExact(added.size(), FRAME_LENGTH));
        for (int i = 0; i < added.size(); i++) {
            sealed.put(cipher.seal(first + i, added.get(i).encode()));
        }
        writer.seek((long) first * FRAME_LENGTH);
        writer.write(sealed.array());
        writer.getFD().sync();
        frames = Math.addExact(first, added.size());
        return first;
    }

    /** Nothing more will be appended; what is there can be read. */
    void endWriting() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    /** Of a file in which nothing stands. */
    void discard() throws IOException {
        try {
            close();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        endWriting();
    }
}
