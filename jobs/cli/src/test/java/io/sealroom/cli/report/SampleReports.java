package io.sealroom.cli.report;

import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Totals;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.release.Metric;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Releases as a room with more to see has them: two days of every kind of row, some suppressed, a
 * night without releases. Values are made up from digests: some rise and fall with the hour.
 */
final class SampleReports {

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final int HOURS = 48;

    private SampleReports() {}

    /** A policy like the sample's with so many cells, and a query with every other kind of row. */
    static Path policy(Path directory, int cells) throws IOException {
        String names =
                IntStream.range(0, cells)
                        .mapToObj(cell -> String.format("cell-%03d", cell))
                        .collect(Collectors.joining(", "));
        String yaml =
                Files.readString(SampleRoom.policyFile())
                                .replace("end: 2026-01-05T03:00:00Z", "end: 2026-01-07T00:00:00Z")
                                .replace("cells: [news, sports, weather]", "cells: [" + names + "]")
                        + """
                  - name: phone-time-decay
                    type: attribution
                    identifierKind: PHONE
                    window: PT6H
                    model: TIME_DECAY
                    halfLife: PT6H
                    exposures: [publisher]
                    conversions: advertiser
                    viewLookback: P1D
                    clickLookback: P1D
                    conversionsPerEpoch: 2
                    valueMax: 20000
                    threshold: 10
                    rho: {count: "0.5", converters: "0.1", caps: "0.1"}
                """
                                .indent(0);
        return Files.writeString(directory.resolve("policy-" + cells + ".yaml"), yaml);
    }

    /** The lines of a file of releases of the policy. */
    static List<String> lines(Path policyFile) {
        try {
            Policy policy = PolicyFile.read(policyFile);
            List<String> lines = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                for (Query query : policy.queries()) {
                    long start = policy.startMillis() + hour * 3_600_000L;
                    boolean night = hour > 24 && hour < 30;
                    if (query.windowStart(start) == start && !night) {
                        lines.add(ReleaseJson.line(release(policy, query, start, lines.size())));
                    }
                }
            }
            return lines;
        } catch (IOException | PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static Release release(Policy policy, Query query, long start, int number) {
        RoomIdentity identity =
                new RoomIdentity(
                        SampleRoom.CHAIN_ID,
                        new Address(SampleRoom.CONTRACT.hex()),
                        policy.room(),
                        policy.hash());
        long end = start + query.windowMillis();
        List<ReleaseRow> rows = new ArrayList<>();
        for (RowKey key : query.rows(policy, start)) {
            rows.add(row(query, key, start));
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
                        totals(policy, identity, start, end));
        return new Release(
                PendingRelease.of(document),
                new Receipt(Digests.id("transaction " + number), 3 + number, Digests.id("block")));
    }

    private static ReleaseRow row(Query query, RowKey key, long start) {
        Bytes32 salt = Digests.id("salt " + query.name() + start + key.index());
        long people = people(query.name() + key.label(), start, key.label().isEmpty());
        boolean suppressed = key.metric() != Metric.CAPS && people < query.threshold();
        BigInteger value =
                switch (key.metric()) {
                    case COUNT ->
                            BigInteger.valueOf(people)
                                    .multiply(MILLION)
                                    .add(BigInteger.valueOf(salt.toBytes()[0] * 3_937L));
                    case VALUE -> BigInteger.valueOf(people * 3_170);
                    default -> BigInteger.valueOf(people);
                };
        return new ReleaseRow(
                key,
                suppressed ? RowStatus.SUPPRESSED : RowStatus.OK,
                suppressed ? BigInteger.ZERO : value,
                salt);
    }

    /** More by day than by night, and of some labels more than of others. */
    private static long people(String label, long start, boolean total) {
        byte[] digest = Digests.id(label).toBytes();
        byte[] noise = Digests.id(label + start).toBytes();
        long hour = start / 3_600_000 % 24;
        long day = 144 - (hour - 14) * (hour - 14) / 2;
        long size = total ? 40 : 1 + (digest[0] & 0x0f);
        return Math.max(0, day * size / 6 + noise[0] / 8 - 20);
    }

    private static List<TotalsEntry> totals(
            Policy policy, RoomIdentity identity, long start, long end) {
        List<TotalsEntry> totals = new ArrayList<>();
        for (int i = 0; i < policy.suppliers().size(); i++) {
            String partner = policy.suppliers().get(i).name();
            Bytes32 commitment = Digests.id("input of " + partner + " from " + start);
            Bytes32 digest =
                    identity.digest(
                            Totals.structHash(
                                    partner, identity.policyHash(), start, end, commitment));
            totals.add(
                    new TotalsEntry(
                            partner,
                            commitment,
                            Bytes.of(
                                    SampleRoom.PARTNERS
                                            .get(i)
                                            .sign(SampleRoom.word(digest))
                                            .toBytes())));
        }
        return totals;
    }
}
