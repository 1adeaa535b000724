package io.sealroom.partner.tokenise;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Line and reason of every line of a base that has no token, as CSV; never the line itself. */
public final class BaseRejects implements Closeable {

    private final BufferedWriter writer;

    private BaseRejects(BufferedWriter writer) {
        this.writer = writer;
    }

    /** Begins the file anew: a run reads its whole base again. */
    public static BaseRejects create(Path file) throws IOException {
        BaseRejects rejects =
                new BaseRejects(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        rejects.line("line,reason");
        return rejects;
    }

    void add(BaseRecord.Bad bad) throws IOException {
        line(bad.line() + "," + bad.reason());
    }

    /** RFC 4180 has CRLF; no field here needs quotes. */
    private void line(String text) throws IOException {
        writer.write(text);
        writer.write("\r\n");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
