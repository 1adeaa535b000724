package io.sealroom.streaming.publish;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ApproveOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.MechanismEntry;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowKey;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.TotalsEntry;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** A room of two partners and one node with a query of hourly windows, and releases of it. */
final class TestRoom {

    static final long HOUR = 3_600_000;
    static final long CHAIN_ID = 31_337;
    static final String QUERY = "reach-hourly";
    static final String NODE_KEY = "33".repeat(32);
    static final ChainSigner NODE = ChainSigner.fromHex(NODE_KEY);
    static final RoomIdentity IDENTITY = identity("0x" + "ab".repeat(20));

    private static final String ROOM = "test-room";
    private static final Bytes32 POLICY = Digests.id("a policy");
    private static final List<String> PARTNERS = List.of("publisher", "advertiser");
    private static final List<ChainSigner> PARTNER_KEYS =
            List.of(ChainSigner.fromHex("11".repeat(32)), ChainSigner.fromHex("22".repeat(32)));

    private TestRoom() {}

    static RoomIdentity identity(String contract) {
        return new RoomIdentity(CHAIN_ID, new Address(contract), ROOM, Digests.id("a policy"));
    }

    static RoomConfiguration configuration() {
        return new RoomConfiguration(
                RoomDigests.id(ROOM),
                Words.word(POLICY),
                0,
                1_000 * HOUR,
                1,
                1,
                1,
                List.of(partner(0), partner(1)),
                List.of(NODE.account()),
                List.of(new RoomConfiguration.Query(RoomDigests.id(QUERY), HOUR)));
    }

    private static RoomConfiguration.Partner partner(int i) {
        return new RoomConfiguration.Partner(
                RoomDigests.id(PARTNERS.get(i)), PARTNER_KEYS.get(i).account(), true);
    }

    /** Approved by both partners; a block is final when one more is on top of it. */
    static InMemoryRoom deploy() {
        InMemoryRoom room =
                InMemoryRoom.deploy(
                        CHAIN_ID, new Account(IDENTITY.contract().hex()), configuration());
        approve(room);
        return room;
    }

    static void approve(RoomContract room) {
        for (int i = 0; i < PARTNER_KEYS.size(); i++) {
            Word digest;
            try {
                digest = RoomDigests.approval(room.location(), room.configurationHash());
            } catch (IOException e) {
                throw new IllegalStateException("the room answers", e);
            }
            ApproveOutcome outcome = room.approve(i, PARTNER_KEYS.get(i).sign(digest));
            if (!(outcome instanceof ApproveOutcome.Approved)) {
                throw new IllegalStateException("approval: " + outcome);
            }
        }
    }

    /** A sound release of the window that starts after so many hours. */
    static PendingRelease release(int window) {
        return release(IDENTITY, window, 100, "");
    }

    /** Of the same window and input, with another result. */
    static PendingRelease otherRelease(int window) {
        return release(IDENTITY, window, 999, "");
    }

    /** Of the same window, over other input. */
    static PendingRelease releaseOfOtherTotals(int window) {
        return release(IDENTITY, window, 100, "other");
    }

    static PendingRelease release(RoomIdentity identity, int window, long value, String input) {
        long start = window * HOUR;
        return PendingRelease.of(
                new ReleaseDocument(
                        identity,
                        1,
                        QUERY,
                        start,
                        start + HOUR,
                        List.of(
                                new ReleaseRow(
                                        RowKey.total(0),
                                        RowStatus.OK,
                                        BigInteger.valueOf(value),
                                        Digests.id("salt"))),
                        List.of(
                                new MechanismEntry(
                                        Metric.OVERLAP_TOTAL,
                                        MechanismEntry.DISCRETE_LAPLACE,
                                        BigInteger.TWO,
                                        BigInteger.ONE,
                                        BigInteger.TEN)),
                        List.of(
                                totals(identity, 0, start, input),
                                totals(identity, 1, start, input))));
    }

    static byte[] encoded(PendingRelease release) {
        return Codecs.PENDING_RELEASE.encode(release);
    }

    static CheckedPending checked(PendingRelease release) {
        return CheckedPending.of(release, encoded(release));
    }

    private static TotalsEntry totals(RoomIdentity identity, int i, long start, String input) {
        String partner = PARTNERS.get(i);
        Word commitment = RoomDigests.id(partner + "/" + start + "/" + input);
        Word digest =
                RoomDigests.totals(
                        Words.location(identity),
                        RoomDigests.id(partner),
                        start,
                        start + HOUR,
                        commitment);
        return new TotalsEntry(
                partner,
                Words.bytes32(commitment),
                Bytes.of(PARTNER_KEYS.get(i).sign(digest).toBytes()));
    }
}
