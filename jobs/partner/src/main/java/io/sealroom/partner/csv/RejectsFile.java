package io.sealroom.partner.csv;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@code rejects.csv}: line, column and reason of every line that became no event. */
public final class RejectsFile implements Closeable {

    private final BufferedWriter writer;
    private final Function<CsvColumn, String> names;
    private final Consumer<CsvRejectReason> counted;
    private final Map<CsvRejectReason, Long> counts = new EnumMap<>(CsvRejectReason.class);

    private RejectsFile(
            BufferedWriter writer,
            Function<CsvColumn, String> names,
            Consumer<CsvRejectReason> counted) {
        this.writer = writer;
        this.names = names;
        this.counted = counted;
    }

    /**
     * Begins the file anew: a run reads its whole input again.
     *
     * @param names what the input calls its fields
     * @param counted hears of every reject
     */
    public static RejectsFile create(
            Path file, Function<CsvColumn, String> names, Consumer<CsvRejectReason> counted)
            throws IOException {
        RejectsFile rejects =
                new RejectsFile(
                        Files.newBufferedWriter(file, StandardCharsets.UTF_8), names, counted);
        rejects.line("line,column,reason");
        return rejects;
    }

    /**
     * @throws UncheckedIOException if the file cannot be written
     */
    public void add(CsvReject reject) {
        String column = reject.column() == null ? "" : names.apply(reject.column());
        try {
            line(reject.line() + "," + column + "," + reject.reason());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        counts.merge(reject.reason(), 1L, Long::sum);
        counted.accept(reject.reason());
    }

    /** Rejects so far, by reason. */
    public Map<CsvRejectReason, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** RFC 4180 has CRLF; no field here needs quotes. */
    private void line(String text) throws IOException {
        writer.write(text);
        writer.write("\r\n");
    }

    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
