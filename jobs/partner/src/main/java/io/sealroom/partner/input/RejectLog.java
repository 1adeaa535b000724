package io.sealroom.partner.input;

import io.sealroom.partner.exit.AgentException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Place, field and reason of everything in a stream that became no event, never its content. Safe
 * for use by several threads, interrupted ones too: a file channel would be closed by the interrupt
 * that stops a sender, and what is done could not be committed any more.
 */
public final class RejectLog implements AutoCloseable {

    private final FileOutputStream out;
    private boolean forced = true;

    private RejectLog(FileOutputStream out) {
        this.out = out;
    }

    /** Begins the file anew: each run has lines of its own. */
    public static RejectLog ofLines(Path file) throws AgentException {
        return open(file, "line,field,reason", false);
    }

    /** Goes on in the file: a record is not read again once its reject is committed. */
    public static RejectLog ofRecords(Path file) throws AgentException {
        return open(file, "partition,offset,field,reason", true);
    }

    private static RejectLog open(Path file, String header, boolean append) throws AgentException {
        try {
            RejectLog log = new RejectLog(new FileOutputStream(file.toFile(), append));
            if (Files.size(file) == 0) {
                log.line(header);
            }
            return log;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * @param place line, or partition and offset
     * @param field empty if all of it is at fault
     */
    void add(String place, String field, String reason) throws IOException {
        line(place + "," + field + "," + reason);
    }

    /** Returns when everything added would be there after a loss of power. */
    synchronized void force() throws AgentException {
        try {
            if (!forced) {
                out.getFD().sync();
                forced = true;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** RFC 4180 has CRLF; no field here needs quotes. */
    private synchronized void line(String text) throws IOException {
        forced = false;
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static AgentException failed(IOException e) {
        return AgentException.badInput("rejects cannot be written: %s", e);
    }

    @Override
    public synchronized void close() throws AgentException {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
