package io.sealroom.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.csv.CsvRejectReason;
import io.sealroom.partner.csv.CsvRow;
import io.sealroom.partner.event.CheckedEvent;
import io.sealroom.partner.room.TestRoom;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DryRunReportTest {

    private final Policy filePolicy = TestRoom.file("test-room").policy();
    private final Policy livePolicy = TestRoom.live("test-room").policy();

    @Test
    void lines_fileMode_countByKindSliceReasonAndEpoch() {
        EventFile file = new EventFile(filePolicy, new SealSteps(filePolicy));
        add(file, 1, "a@b", TestRoom.START, EventKind.VIEW);
        add(file, 2, "a@b", TestRoom.START + 1, EventKind.CLICK);
        add(file, 3, "c@d", TestRoom.START + TestRoom.HOUR, EventKind.VIEW);

        DryRunReport report =
                new DryRunReport(filePolicy, file, Map.of(CsvRejectReason.EMAIL_MALFORMED, 4L), 0);

        assertThat(report.lines())
                .containsExactly(
                        "would send 3 events",
                        "  view 2",
                        "  click 1",
                        "  in 2 slices with events",
                        "  slice 2026-01-05T00:00:00Z: 2",
                        "  slice 2026-01-05T01:00:00Z: 1",
                        "would reject 4 lines",
                        "  EMAIL_MALFORMED 4",
                        "would ask for 2 tokens; the quota is 200000 elements for each wall-clock"
                                + " epoch",
                        "  epoch 730: 2 identifiers, 64 elements with padding");
        assertThat(report.fault()).isEmpty();
    }

    @Test
    void lines_liveMode_countWhatComesTooLate() {
        EventFile file = new EventFile(livePolicy, new SealSteps(livePolicy));
        add(file, 1, "a@b", TestRoom.START, EventKind.VIEW);
        add(file, 2, "a@b", TestRoom.START + TestRoom.SLICE, EventKind.VIEW);
        long sealed = TestRoom.START + TestRoom.SLICE + livePolicy.graceMillis();

        assertThat(new DryRunReport(livePolicy, file, Map.of(), sealed - 1).lines())
                .anyMatch(line -> line.startsWith("late: 0 events"));
        assertThat(new DryRunReport(livePolicy, file, Map.of(), sealed).lines())
                .anyMatch(line -> line.startsWith("late: 1 events"));
        assertThat(new DryRunReport(livePolicy, file, Map.of(), Long.MAX_VALUE / 2).lines())
                .anyMatch(line -> line.startsWith("late: 2 events"));
    }

    /** Two whole requests fit, one more does not. */
    @Test
    void fault_identifiersBeyondTheQuota_isTold() {
        Policy tight = withQuota(filePolicy, 2048);
        EventFile file = new EventFile(tight, new SealSteps(tight));
        for (int i = 0; i < 2048; i++) {
            add(file, i, "p" + i + "@b", TestRoom.START, EventKind.VIEW);
        }
        assertThat(new DryRunReport(tight, file, Map.of(), 0).fault()).isEmpty();

        add(file, 2048, "one-more@b", TestRoom.START, EventKind.VIEW);
        assertThat(new DryRunReport(tight, file, Map.of(), 0).fault())
                .contains("all epochs together need 2112 elements, the quota is 2048");
    }

    @Test
    void fault_liveRoom_looksAtEachEpochAlone() {
        Policy tight = withQuota(livePolicy, 1024);
        EventFile file = new EventFile(tight, new SealSteps(tight));
        for (int i = 0; i <= 1024; i++) {
            add(file, i, "p" + i + "@b", TestRoom.START, EventKind.VIEW);
        }
        assertThat(new DryRunReport(tight, file, Map.of(), 0).fault())
                .contains("epoch 730 needs 1088 elements, the quota is 1024");
    }

    private static Policy withQuota(Policy policy, long quota) {
        return Policy.fromCanonicalJson(
                policy.canonicalJson().replace("\"quota\":200000", "\"quota\":" + quota));
    }

    private static void add(EventFile file, long line, String email, long time, EventKind kind) {
        file.add(
                new CsvRow(
                        line,
                        new CheckedEvent(
                                new EventId(line, line),
                                identifier(email),
                                time,
                                kind,
                                "news",
                                null)));
    }

    private static NormalisedIdentifier identifier(String email) {
        return ((NormalisationOutcome.Normalised)
                        IdentifierNormaliser.forRegion("US").normalise(IdentifierKind.EMAIL, email))
                .identifier();
    }
}
