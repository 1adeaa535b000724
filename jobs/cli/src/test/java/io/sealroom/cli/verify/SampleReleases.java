package io.sealroom.cli.verify;

import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.Receipt;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.TotalsEntry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the committed sample was made: the policy's first two windows of each query, with made-up
 * values. Its receipts are made up too: a block hash depends on when a block is made.
 */
final class SampleReleases {

    private static final int WINDOWS = 2;

    private SampleReleases() {}

    /** Writes the sample anew, to the file named. */
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), text());
    }

    static String text() {
        StringBuilder text = new StringBuilder();
        make().forEach(release -> text.append(ReleaseJson.line(release)).append('\n'));
        return text.toString();
    }

    static List<Release> make() {
        Policy policy = SampleRoom.policy();
        List<Release> releases = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            for (Query query : policy.queries()) {
                long start = policy.startMillis() + window * query.windowMillis();
                releases.add(release(policy, query, start, releases.size()));
            }
        }
        return releases;
    }

    private static Release release(Policy policy, Query query, long start, int number) {
        RoomIdentity identity =
                new RoomIdentity(
                        SampleRoom.CHAIN_ID,
                        new Address(SampleRoom.CONTRACT.hex()),
                        policy.room(),
                        policy.hash());
        long end = start + query.windowMillis();
        List<ReleaseRow> rows =
                query.rows(policy, start).stream()
                        .map(key -> row(key, query.name() + start))
                        .toList();
        List<TotalsEntry> totals = new ArrayList<>();
        for (Partner partner : policy.suppliers()) {
            totals.add(totals(partner.name(), SampleRoom.PARTNERS.get(totals.size()), start, end));
        }
        ReleaseDocument document =
                new ReleaseDocument(
                        identity,
                        policy.semantics(),
                        query.name(),
                        start,
                        end,
                        rows,
                        QueryFamilies.of(policy, query).mechanisms(),
                        totals);
        return new Release(
                PendingRelease.of(document),
                new Receipt(Digests.id("transaction " + number), 3 + number, Digests.id("block")));
    }

    private static ReleaseRow row(RowKey key, String release) {
        Bytes32 salt = Digests.id("salt of row " + key.index() + " of " + release);
        boolean suppressed = key.label().equals("weather");
        return new ReleaseRow(
                key,
                suppressed ? RowStatus.SUPPRESSED : RowStatus.OK,
                suppressed ? BigInteger.ZERO : BigInteger.valueOf(1_000 + 7 * key.index()),
                salt);
    }

    private static TotalsEntry totals(String partner, ChainSigner key, long start, long end) {
        Bytes32 commitment = Digests.id("input of " + partner + " from " + start);
        byte[] signature =
                key.sign(
                                RoomDigests.totals(
                                        SampleRoom.location(),
                                        RoomDigests.id(partner),
                                        start,
                                        end,
                                        SampleRoom.word(commitment)))
                        .toBytes();
        return new TotalsEntry(partner, commitment, Bytes.of(signature));
    }
}
