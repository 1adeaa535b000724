package io.sealroom.local.stack;

import io.sealroom.privacy.identifier.EventIdKey;
import io.sealroom.privacy.identifier.IdentifierNormaliser;
import io.sealroom.privacy.identifier.NormalisationOutcome;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventKind;
import io.sealroom.schemas.record.IdentifierKind;
import io.sealroom.schemas.record.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What a partner's generated file says happened, read without the agent: the same normal form under
 * the same kind is the same person, and a hash stands for the token, since only equality matters.
 */
final class CampaignHistory {

    private static final CSVFormat WITH_HEADER =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Policy policy;
    private final String partner;
    private final EventIdKey eventIds;
    private final IdentifierNormaliser normaliser;
    private final List<CSVRecord> rows;

    /**
     * @param keys of the partner whose file it is: its event ids break ties
     */
    CampaignHistory(Policy policy, PartnerKeys keys, Path file) throws IOException {
        this.policy = policy;
        this.partner = keys.name();
        this.eventIds = new EventIdKey(keys.eventKey());
        this.normaliser = IdentifierNormaliser.forRegion(policy.region());
        this.rows = records(file);
    }

    /** Lines that the generator made to be refused. */
    Set<Long> badLines() {
        Set<Long> lines = new HashSet<>();
        for (CSVRecord row : rows) {
            if (row.get("event_id").startsWith("bad-")) {
                lines.add(line(row));
            }
        }
        return lines;
    }

    /** Lines that say again what a line above them said. */
    Set<Long> repeatedLines() {
        Set<String> seen = new HashSet<>();
        Set<Long> lines = new HashSet<>();
        for (CSVRecord row : rows) {
            if (!seen.add(row.get("event_id"))) {
                lines.add(line(row));
            }
        }
        return lines;
    }

    /** Lines that the agent did not take, by its rejects file. */
    static Set<Long> rejectedLines(Path rejects) throws IOException {
        Set<Long> lines = new HashSet<>();
        for (CSVRecord reject : records(rejects)) {
            lines.add(Long.valueOf(reject.get("line")));
        }
        return lines;
    }

    /** The events of all other lines, in file order. */
    List<HistoryEvent> without(Set<Long> lines) {
        List<HistoryEvent> events = new ArrayList<>();
        for (CSVRecord row : rows) {
            if (!lines.contains(line(row))) {
                BlindedEvent event = event(row);
                events.add(
                        new HistoryEvent(
                                partner,
                                event,
                                Digests.sha256(Codecs.BLINDED_EVENT.encode(event))));
            }
        }
        return events;
    }

    private BlindedEvent event(CSVRecord row) {
        IdentifierKind identifierKind =
                IdentifierKind.valueOf(row.get("id_type").toUpperCase(Locale.ROOT));
        EventKind kind = EventKind.valueOf(row.get("kind").toUpperCase(Locale.ROOT));
        long time = time(row.get("timestamp"));
        return new BlindedEvent(
                eventIds.derive(row.get("event_id")).orElseThrow(),
                policy.epochOf(time),
                identifierKind,
                List.of(person(identifierKind, row.get("identifier"))),
                kind,
                time,
                kind.isExposure() ? row.get("cell") : null,
                kind.isExposure() ? null : Long.valueOf(row.get("value")));
    }

    private Token person(IdentifierKind kind, String identifier) {
        NormalisationOutcome outcome = normaliser.normalise(kind, identifier);
        if (outcome instanceof NormalisationOutcome.Normalised normalised) {
            return Token.of(
                    Digests.sha256Lp(
                                    kind.name().getBytes(StandardCharsets.UTF_8),
                                    normalised.identifier().openUtf8())
                            .toBytes());
        }
        throw new IllegalStateException("a line that was not rejected has no normal form");
    }

    private static long time(String text) {
        return text.indexOf('T') < 0
                ? Long.parseLong(text)
                : OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }

    /** Line of the file, from 1: no record here goes over several, and the header is line 1. */
    private static long line(CSVRecord row) {
        return row.getRecordNumber() + 1;
    }

    private static List<CSVRecord> records(Path file) throws IOException {
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, WITH_HEADER)) {
            return parser.getRecords();
        }
    }
}
