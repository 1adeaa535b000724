package io.sealroom.reference.cases;

import io.sealroom.reference.HistoryEvent;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.EventId;
import io.sealroom.schemas.record.EventKind;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Events as a case writes them, one a line: partner, time, kind, person, event id in hexadecimal,
 * then the cell of an exposure or the value of a conversion; and {@code digest=}, in hexadecimal,
 * where the SHA-256 of the record decides and has to be known to the reader.
 *
 * @param policy of the case
 */
record EventLine(Policy policy) {

    private static final int FIELDS = 6;
    private static final String DIGEST = "digest=";

    HistoryEvent read(String line) {
        String[] fields = line.trim().split(" +", -1);
        boolean digest = fields.length == FIELDS + 1 && fields[FIELDS].startsWith(DIGEST);
        if (fields.length != FIELDS && !digest) {
            throw new IllegalArgumentException("an event has six fields: " + line);
        }
        long time = RoomTime.read(policy, fields[1]);
        EventKind kind = EventKind.valueOf(fields[2].toUpperCase(Locale.ROOT));
        boolean exposure = kind.isExposure();
        Person person = Person.read(fields[3]);
        BlindedEvent event =
                new BlindedEvent(
                        EventId.of(hexadecimal(fields[4], EventId.LENGTH)),
                        policy.epochOf(time),
                        person.kind(),
                        person.tokens(policy, time, exposure ? 1 : policy.lookbackEpochs() + 1),
                        kind,
                        time,
                        exposure ? fields[5] : null,
                        exposure ? null : Long.valueOf(fields[5]));
        return new HistoryEvent(
                policy.partner(fields[0]).name(),
                event,
                digest
                        ? Bytes32.of(hexadecimal(fields[FIELDS].substring(DIGEST.length()), 32))
                        : Digests.sha256(Codecs.BLINDED_EVENT.encode(event)));
    }

    /** A number of so many bytes. */
    private static byte[] hexadecimal(String digits, int bytes) {
        String zeros = "0".repeat(2 * bytes - digits.length());
        return HexFormat.of().parseHex(zeros + digits);
    }
}
