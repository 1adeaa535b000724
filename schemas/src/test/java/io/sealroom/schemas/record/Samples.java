package io.sealroom.schemas.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.Vectors;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.schemas.release.TotalsEntry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** One valid record of every type. */
public final class Samples {

    public static final long START = 1_767_571_200_000L;
    public static final long END = START + 3_600_000;
    private static final Bytes SIGNATURE = Bytes.fromHex("44".repeat(65));

    private Samples() {}

    public static BlindedEvent exposure() {
        return new BlindedEvent(
                new EventId(1, -2),
                730,
                IdentifierKind.EMAIL,
                List.of(Token.of(Digests.id("token").toBytes())),
                EventKind.CLICK,
                START + 5,
                "news",
                null);
    }

    public static BlindedEvent conversion() {
        return new BlindedEvent(
                new EventId(3, 4),
                730,
                IdentifierKind.PHONE,
                List.of(Token.of(Digests.id("token").toBytes()), Token.NONE),
                EventKind.CONVERSION,
                START + 6,
                null,
                1999L);
    }

    public static Seal seal() {
        return new Seal(
                0,
                START,
                END,
                7,
                Digests.id("head"),
                Digests.id("a policy"),
                false,
                List.of(part()),
                SIGNATURE);
    }

    public static WindowPart part() {
        return new WindowPart(
                START,
                END,
                Digests.id("commitment"),
                SIGNATURE,
                Digests.id("share commitment"),
                List.of(
                        new RecipientSecret(
                                "node-one",
                                Bytes32.fromHex("55".repeat(32)),
                                Bytes.fromHex("66".repeat(80)))));
    }

    public static EvaluationRequest request() {
        return new EvaluationRequest(
                "publisher",
                "advertiser",
                Digests.id("a policy"),
                731,
                5,
                List.of(
                        Bytes.fromHex("02" + "11".repeat(32)),
                        Bytes.fromHex("03" + "22".repeat(32))),
                SIGNATURE);
    }

    public static EvaluationReply reply() {
        return new EvaluationReply(
                "advertiser",
                "publisher",
                Digests.id("a policy"),
                731,
                5,
                request().structHash(),
                ReplyStatus.OK,
                request().elements(),
                Bytes.fromHex("33".repeat(64)),
                SIGNATURE);
    }

    public static EvaluationReply refusal() {
        return new EvaluationReply(
                "advertiser",
                "publisher",
                Digests.id("a policy"),
                731,
                5,
                request().structHash(),
                ReplyStatus.QUOTA_EXCEEDED,
                List.of(),
                Bytes.EMPTY,
                SIGNATURE);
    }

    public static PendingRelease pending() {
        List<ReleaseRow> rows =
                List.of(
                        row(RowKey.total(0), RowStatus.OK, 1234),
                        row(RowKey.reach(1, "publisher"), RowStatus.OK, 99_999),
                        row(RowKey.reach(2, "advertiser"), RowStatus.OK, -3),
                        new ReleaseRow(
                                RowKey.cell(3, Metric.OVERLAP_CELL, "news"),
                                RowStatus.OK,
                                BigInteger.ONE.shiftLeft(127),
                                Digests.id("salt 3")),
                        row(
                                RowKey.cell(4, Metric.OVERLAP_CELL, "sports"),
                                RowStatus.SUPPRESSED,
                                0));
        MechanismEntry twelve = mechanism(Metric.OVERLAP_TOTAL, 24, 2);
        return PendingRelease.of(
                new ReleaseDocument(
                        Vectors.identity(Vectors.read("release-hash.json")),
                        1,
                        "email-overlap",
                        START,
                        END,
                        rows,
                        List.of(
                                twelve,
                                mechanism(Metric.REACH, 24, 2),
                                mechanism(Metric.REACH, 24, 2),
                                mechanism(Metric.OVERLAP_CELL, 48, 1)),
                        List.of(
                                new TotalsEntry("publisher", Digests.id("c1"), SIGNATURE),
                                new TotalsEntry("advertiser", Digests.id("c2"), SIGNATURE))));
    }

    public static SignedReleases signedReleases() {
        JsonNode vector = Vectors.read("eip712.json").required("structs").required("Releases");
        JsonNode message = vector.required("message");
        List<ReleaseEntry> releases = new ArrayList<>();
        for (JsonNode entry : message.required("releases")) {
            releases.add(
                    new ReleaseEntry(
                            Vectors.bytes32(entry.required("query")),
                            Vectors.bytes32(entry.required("releaseHash"))));
        }
        return new SignedReleases(
                message.required("start").longValue(),
                message.required("end").longValue(),
                releases,
                Vectors.bytes(vector.required("signature")));
    }

    public static Release release() {
        return new Release(pending(), new Receipt(Digests.id("tx"), 42, Digests.id("block")));
    }

    private static ReleaseRow row(RowKey key, RowStatus status, long value) {
        return new ReleaseRow(
                key, status, BigInteger.valueOf(value), Digests.id("salt " + key.index()));
    }

    private static MechanismEntry mechanism(Metric metric, long numerator, long denominator) {
        return new MechanismEntry(
                metric,
                MechanismEntry.DISCRETE_LAPLACE,
                BigInteger.valueOf(numerator),
                BigInteger.valueOf(denominator),
                BigInteger.valueOf(50));
    }
}
