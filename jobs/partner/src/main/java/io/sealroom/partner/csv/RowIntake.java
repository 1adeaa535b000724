package io.sealroom.partner.csv;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the records of one input: good ones become rows, all others rejects. */
public final class RowIntake {

    private final RowRules rules;
    private final Consumer<CsvRow> rows;
    private final RejectsFile rejects;
    private final Set<EventId> seen = new HashSet<>();

    /**
     * @param rows gets every good record, in order
     * @throws AgentException if the policy's region has no numbering plan
     */
    public RowIntake(Policy policy, EventIdKey eventIds, Consumer<CsvRow> rows, RejectsFile rejects)
            throws AgentException {
        try {
            this.rules = new RowRules(policy, eventIds);
        } catch (IllegalArgumentException e) {
            throw AgentException.badInput("policy: %s", e.getMessage());
        }
        this.rows = rows;
        this.rejects = rejects;
    }

    /**
     * A record that could be split into fields.
     *
     * @param line where it begins, from 1
     * @param fields their texts in the order of {@link CsvColumn}; the wrong number of them is a
     *     reject
     */
    public void fields(long line, List<String> fields) {
        if (fields.size() != CsvColumn.values().length) {
            broken(line, null, CsvRejectReason.COLUMN_COUNT);
            return;
        }
        RowOutcome outcome = rules.check(line, fields);
        if (outcome instanceof RowOutcome.Rejected rejected) {
            rejects.add(rejected.reject());
            return;
        }
        CsvRow row = ((RowOutcome.Accepted) outcome).row();
        if (seen.add(row.event().eventId())) {
            rows.accept(row);
        } else {
            broken(line, CsvColumn.EVENT_ID, CsvRejectReason.EVENT_ID_REPEATED);
        }
    }

    /** A record that could not be split. */
    public void broken(long line, @Nullable CsvColumn column, CsvRejectReason reason) {
        rejects.add(new CsvReject(line, column, reason));
    }
}
