package io.sealroom.schemas.release;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** From the JSON objects of a line to the release. */
final class ReleaseJsonReader {

    static final List<String> RELEASE =
            List.of(
                    "room",
                    "chainId",
                    "contract",
                    "policyHash",
                    "semantics",
                    "query",
                    "start",
                    "end",
                    "rows",
                    "mechanisms",
                    "totals",
                    "root",
                    "releaseHash",
                    "receipt");
    private static final List<String> ROW =
            List.of("index", "metric", "label", "cell", "status", "value", "salt");
    private static final List<String> MECHANISM =
            List.of("metric", "mechanism", "scaleNumerator", "scaleDenominator", "threshold");
    private static final List<String> TOTALS = List.of("partner", "commitment", "signature");
    private static final List<String> RECEIPT = List.of("transaction", "blockNumber", "blockHash");

    // Names are printed by whoever verifies: none can hold what a terminal obeys.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,39}");
    private static final Pattern QUERY = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
    private static final Pattern CELL =
            Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}|" + RowKey.UNATTRIBUTED);
    private static final Pattern NO_LABEL = Pattern.compile("");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");
    private static final Pattern WORD = Pattern.compile("0x[0-9a-f]{64}");
    private static final Pattern SIGNATURE = Pattern.compile("0x[0-9a-f]{130}");
    private static final Pattern NATURAL = Pattern.compile("0|[1-9][0-9]{0,79}");
    private static final Pattern SIGNED = Pattern.compile("0|-?[1-9][0-9]{0,79}");
    private static final int UINT_BITS = 256;
    // Without the sign.
    private static final int INT_BITS = 255;

    private ReleaseJsonReader() {}

    static Release release(ReleaseJsonObject line) throws ReleaseJsonException {
        RoomIdentity identity =
                new RoomIdentity(
                        line.integer("chainId", Long.MAX_VALUE),
                        new Address(line.text("contract", ADDRESS)),
                        line.text("room", NAME),
                        word(line, "policyHash"));
        ReleaseDocument document =
                new ReleaseDocument(
                        identity,
                        (int) line.integer("semantics", Integer.MAX_VALUE),
                        line.text("query", QUERY),
                        instant(line, "start"),
                        instant(line, "end"),
                        line.list("rows", ROW, ReleaseJsonReader::row),
                        line.list("mechanisms", MECHANISM, ReleaseJsonReader::mechanism),
                        line.list("totals", TOTALS, ReleaseJsonReader::totals));
        return new Release(
                new PendingRelease(document, word(line, "root"), word(line, "releaseHash")),
                line.object("receipt", RECEIPT, ReleaseJsonReader::receipt));
    }

    private static ReleaseRow row(ReleaseJsonObject row) throws ReleaseJsonException {
        Metric metric = metric(row);
        return new ReleaseRow(
                new RowKey(
                        (int) row.integer("index", Integer.MAX_VALUE),
                        metric,
                        row.text("label", labelForm(metric)),
                        word(row, "cell")),
                row.known("status", "must be the name of a status", ReleaseJsonReader::status),
                row.decimal("value", SIGNED, INT_BITS),
                word(row, "salt"));
    }

    /** The label of a total is in no hash, so that it must say nothing. */
    private static Pattern labelForm(Metric metric) {
        return switch (metric) {
            case OVERLAP_TOTAL, CAPS -> NO_LABEL;
            case REACH -> NAME;
            case OVERLAP_CELL, COUNT, VALUE, CONVERTERS -> CELL;
        };
    }

    private static MechanismEntry mechanism(ReleaseJsonObject entry) throws ReleaseJsonException {
        MechanismEntry mechanism =
                new MechanismEntry(
                        metric(entry),
                        (int) entry.integer("mechanism", 255),
                        entry.decimal("scaleNumerator", NATURAL, UINT_BITS),
                        entry.decimal("scaleDenominator", NATURAL, UINT_BITS),
                        entry.decimal("threshold", NATURAL, UINT_BITS));
        if (!mechanism.isNoise()) {
            throw entry.refuse("mechanism", "must be 1 or 2, with a scale above 0");
        }
        return mechanism;
    }

    private static TotalsEntry totals(ReleaseJsonObject entry) throws ReleaseJsonException {
        return new TotalsEntry(
                entry.text("partner", NAME),
                word(entry, "commitment"),
                Bytes.fromHex(entry.text("signature", SIGNATURE)));
    }

    private static Receipt receipt(ReleaseJsonObject receipt) throws ReleaseJsonException {
        return new Receipt(
                word(receipt, "transaction"),
                receipt.integer("blockNumber", Long.MAX_VALUE),
                word(receipt, "blockHash"));
    }

    private static Bytes32 word(ReleaseJsonObject object, String field)
            throws ReleaseJsonException {
        return Bytes32.fromHex(object.text(field, WORD));
    }

    private static Metric metric(ReleaseJsonObject object) throws ReleaseJsonException {
        return object.known("metric", "must be the name of a metric", ReleaseJsonReader::metric);
    }

    private static Optional<Metric> metric(String name) {
        return List.of(Metric.values()).stream().filter(m -> m.name().equals(name)).findFirst();
    }

    private static Optional<RowStatus> status(String name) {
        return List.of(RowStatus.values()).stream().filter(s -> s.name().equals(name)).findFirst();
    }

    private static long instant(ReleaseJsonObject object, String field)
            throws ReleaseJsonException {
        return object.known(
                field,
                "must be an ISO-8601 instant in UTC, from 1970, to the millisecond",
                ReleaseJsonReader::instant);
    }

    /** Only what {@link Instant#toString} writes, so that one time has one form. */
    private static Optional<Long> instant(String text) {
        try {
            long millis = Instant.parse(text).toEpochMilli();
            return millis >= 0 && Instant.ofEpochMilli(millis).toString().equals(text)
                    ? Optional.of(millis)
                    : Optional.empty();
        } catch (DateTimeException | ArithmeticException notAnInstant) {
            return Optional.empty();
        }
    }
}
