package io.sealroom.partner.tokenise;

import io.sealroom.partner.csv.CsvRecords;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.schemas.policy.Policy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A partner's known base: CSV with the header {@code id_type,identifier}, or JSON lines. Which of
 * the two is told by its first character. Never wholly in memory.
 */
public final class BaseFile {

    private final Path file;
    private final BaseRules rules;

    /**
     * @throws AgentException if the policy's region has no numbering plan
     */
    public BaseFile(Path file, Policy policy) throws AgentException {
        this.file = file;
        try {
            this.rules = new BaseRules(IdentifierNormaliser.forRegion(policy.region()));
        } catch (IllegalArgumentException e) {
            throw AgentException.badInput("policy: %s", e.getMessage());
        }
    }

    /**
     * Looks at the file's beginning only.
     *
     * @throws AgentException if the file cannot be read or is neither of the two
     */
    public void requireUsable() throws AgentException {
        try {
            // Opening reads the header.
            open().close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Records, good and bad. */
    long count() throws AgentException {
        long count = 0;
        try (BaseRecords records = open()) {
            while (records.next() != null) {
                count++;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return count;
    }

    BaseRecords open() throws AgentException, IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            if (isJson(in)) {
                return new JsonBase(in, rules);
            }
            CsvRecords records = new CsvRecords(in);
            if (!(records.next() instanceof CsvRecords.Found.Fields header)
                    || !header.values().equals(CsvBase.HEADER)) {
                throw AgentException.badInput(
                        "base %s: must be JSON lines, or CSV with %s as its first line",
                        file, String.join(",", CsvBase.HEADER));
            }
            return new CsvBase(records, rules);
        } catch (IOException | AgentException e) {
            in.close();
            throw e;
        }
    }

    AgentException unreadable(IOException e) {
        return AgentException.badInput("base %s cannot be read: %s", file, e);
    }

    /** Whether a brace comes first, after a byte order mark perhaps. */
    private static boolean isJson(InputStream in) throws IOException {
        in.mark(4);
        int first = in.read();
        if (first == 0xEF && in.read() == 0xBB && in.read() == 0xBF) {
            first = in.read();
        }
        in.reset();
        return first == '{';
    }
}
