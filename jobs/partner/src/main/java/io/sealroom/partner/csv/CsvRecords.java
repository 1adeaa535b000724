package io.sealroom.partner.csv;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Splits RFC 4180 text into records and survives broken ones.
 *
 * <p>A parser of the whole stream cannot go on after a broken quote: it no longer knows where a
 * record begins. So lines are joined here while a quoted field is open, and each record is parsed
 * on its own. A quote that is still open after {@link #LENGTH_MAX} characters, or at the end of the
 * file, costs its own line only: reading goes on with the next.
 */
public final class CsvRecords implements Closeable {

    /** Longest record, in UTF-16 units, line breaks included. */
    public static final int LENGTH_MAX = 65_536;

    private static final CSVFormat FORMAT = CSVFormat.RFC4180;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What a byte that is not UTF-8 is read as. */
    private static final char REPLACEMENT = '\uFFFD';

    private final BufferedReader reader;
    private final Deque<Line> unread = new ArrayDeque<>();
    private long lines;

    /** One line of the file, or its first {@link #LENGTH_MAX} characters. */
    private record Line(long number, String text, boolean whole) {}

    /** A record that could be split into fields, or the reason why not. */
    public sealed interface Found {

        record Fields(long line, List<String> values) implements Found {}

        record Broken(long line, CsvRejectReason reason) implements Found {}
    }

    public CsvRecords(InputStream in) {
        this.reader =
                new BufferedReader(
                        new InputStreamReader(
                                in,
                                StandardCharsets.UTF_8
                                        .newDecoder()
                                        .onMalformedInput(CodingErrorAction.REPLACE)
                                        .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                        1 << 16);
    }

    /** The next record, empty lines skipped; null at the end of the file. */
    public @Nullable Found next() throws IOException {
        Line first = nextLine();
        while (first != null && first.whole() && first.text().isEmpty()) {
            first = nextLine();
        }
        if (first == null) {
            return null;
        }
        if (!first.whole()) {
            return new Found.Broken(first.number(), CsvRejectReason.LINE_TOO_LONG);
        }
        String text = first.text();
        if (quotes(text) % 2 != 0) {
            text = joined(first);
        }
        if (text == null) {
            return new Found.Broken(first.number(), CsvRejectReason.LINE_MALFORMED);
        }
        if (text.indexOf(REPLACEMENT) >= 0) {
            return new Found.Broken(first.number(), CsvRejectReason.TEXT_MALFORMED);
        }
        return parse(first.number(), text);
    }

    /** The record that begins with an open quote, or null if it does not end. */
    private @Nullable String joined(Line first) throws IOException {
        StringBuilder text = new StringBuilder(first.text());
        List<Line> more = new ArrayList<>();
        while (text.length() <= LENGTH_MAX) {
            Line line = nextLine();
            if (line == null) {
                break;
            }
            more.add(line);
            if (!line.whole()) {
                break;
            }
            text.append('\n').append(line.text());
            if (quotes(line.text()) % 2 != 0) {
                return text.toString();
            }
        }
        for (int i = more.size() - 1; i >= 0; i--) {
            unread.addFirst(more.get(i));
        }
        return null;
    }

    private static Found parse(long line, String text) {
        if (text.indexOf('"') < 0 && text.indexOf('\r') < 0) {
            // Without quotes a comma is a comma; a parser for every line doubles the time of
            // reading.
            return new Found.Fields(line, List.of(text.split(",", -1)));
        }
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            List<String> values = records.hasNext() ? records.next().toList() : List.of();
            // A second record in one line: a lone carriage return, which RFC 4180 does not know.
            return values.isEmpty() || records.hasNext()
                    ? new Found.Broken(line, CsvRejectReason.LINE_MALFORMED)
                    : new Found.Fields(line, values);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // The message may quote the line.
            return new Found.Broken(line, CsvRejectReason.LINE_MALFORMED);
        }
    }

    private @Nullable Line nextLine() throws IOException {
        Line pushedBack = unread.pollFirst();
        if (pushedBack != null) {
            return pushedBack;
        }
        StringBuilder text = new StringBuilder();
        boolean whole = true;
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        lines++;
        if (lines == 1 && c == BYTE_ORDER_MARK) {
            c = reader.read();
        }
        while (c >= 0 && c != '\n') {
            if (text.length() < LENGTH_MAX) {
                text.append((char) c);
            } else {
                whole = false;
            }
            c = reader.read();
        }
        if (whole && text.length() > 0 && text.charAt(text.length() - 1) == '\r') {
            text.setLength(text.length() - 1);
        }
        return new Line(lines, text.toString(), whole);
    }

    private static int quotes(String text) {
        int count = 0;
        for (int i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
            count++;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
