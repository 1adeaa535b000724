package io.sealroom.partner.csv;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a partner's file, one record at a time. */
public final class CsvInput {

    private final Path file;
    private final RowRules rules;

    /**
     * @throws AgentException if the policy's region has no numbering plan
     */
    public CsvInput(Path file, Policy policy, EventIdKey eventIds) throws AgentException {
        this.file = file;
        try {
            this.rules = new RowRules(policy, eventIds);
        } catch (IllegalArgumentException e) {
            throw AgentException.badInput("policy: %s", e.getMessage());
        }
    }

    /**
     * Looks at the file's beginning only.
     *
     * @throws AgentException if the file cannot be read or has another header
     */
    public void requireUsable() throws AgentException {
        try (CsvRecords records = new CsvRecords(Files.newInputStream(file))) {
            requireHeader(records.next());
        } catch (IOException e) {
            throw AgentException.badInput("input %s cannot be read: %s", file, e);
        }
    }

    /**
     * Hands every good record to {@code rows}, in file order, and every other to {@code rejects}.
     *
     * @throws AgentException if the file cannot be read or has another header
     */
    public void read(Consumer<CsvRow> rows, RejectsFile rejects) throws AgentException {
        try (CsvRecords records = new CsvRecords(Files.newInputStream(file))) {
            requireHeader(records.next());
            Set<EventId> seen = new HashSet<>();
            for (CsvRecords.Found found = records.next(); found != null; found = records.next()) {
                RowOutcome outcome = outcome(found, seen);
                if (outcome instanceof RowOutcome.Accepted accepted) {
                    rows.accept(accepted.row());
                } else if (outcome instanceof RowOutcome.Rejected rejected) {
                    rejects.add(rejected.reject());
                }
            }
        } catch (IOException e) {
            throw AgentException.badInput("input %s cannot be read: %s", file, e);
        }
    }

    private RowOutcome outcome(CsvRecords.Found found, Set<EventId> seen) {
        if (found instanceof CsvRecords.Found.Broken broken) {
            return rejected(broken.line(), broken.reason());
        }
        CsvRecords.Found.Fields fields = (CsvRecords.Found.Fields) found;
        if (fields.values().size() != CsvColumn.values().length) {
            return rejected(fields.line(), CsvRejectReason.COLUMN_COUNT);
        }
        RowOutcome outcome = rules.check(fields.line(), fields.values());
        if (outcome instanceof RowOutcome.Accepted accepted
                && !seen.add(accepted.row().eventId())) {
            return new RowOutcome.Rejected(
                    new CsvReject(
                            fields.line(), CsvColumn.EVENT_ID, CsvRejectReason.EVENT_ID_REPEATED));
        }
        return outcome;
    }

    private void requireHeader(CsvRecords.@Nullable Found header) throws AgentException {
        if (!(header instanceof CsvRecords.Found.Fields fields)
                || !fields.values().equals(CsvColumn.headers())) {
            throw AgentException.badInput(
                    "input %s: the first line must be %s",
                    file, String.join(",", CsvColumn.headers()));
        }
    }

    private static RowOutcome rejected(long line, CsvRejectReason reason) {
        return new RowOutcome.Rejected(new CsvReject(line, null, reason));
    }
}
