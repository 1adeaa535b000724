package io.sealroom.streaming.publish;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseEntry;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.schemas.release.TotalsEntry;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingRelease;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A room of two partners and three nodes, a quorum of two; two queries of hourly windows and one of
 * windows of two hours; and releases of it.
 */
final class TestRoom {

    static final long HOUR = 3_600_000;
    static final long CHAIN_ID = 31_337;
    static final String QUERY = "reach-hourly";
    static final String QUERY_TOO = "reach-hourly-too";
    static final String LONG_QUERY = "reach-two-hours";
    static final List<String> NODE_NAMES = List.of("node-one", "node-two", "node-three");
    static final List<ChainSigner> NODES = NODE_NAMES.stream().map(TestRoom::key).toList();
    static final String NODE_KEY = hexKey("node-one");
    static final ChainSigner NODE = NODES.get(0);

    private static final String ROOM = "test-room";
    private static final List<String> PARTNERS = List.of("publisher", "advertiser");
    private static final List<ChainSigner> PARTNER_KEYS =
            PARTNERS.stream().map(TestRoom::key).toList();
    private static final long CHARGE = 1_000;
    private static final String LEDGER = "0x0000000000000000000000000000000000000005";

    static final Policy POLICY = policy();
    static final RoomIdentity IDENTITY = identity("0x" + "ab".repeat(20));

    private TestRoom() {}

    private static Policy policy() {
        String partners =
                PARTNERS.stream()
                        .map(name -> party(name) + ", partitions: 1}\n")
                        .collect(Collectors.joining());
        String nodes =
                NODE_NAMES.stream()
                        .map(name -> party(name) + ", hpkePublicKey: \"" + hpke(name) + "\"}\n")
                        .collect(Collectors.joining());
        String yaml =
                """
                room: test-room
                mode: file
                start: 1970-01-01T00:00:00Z
                end: 1970-02-11T16:00:00Z
                slice: PT10M
                epoch: P28D
                maxAhead: PT1H
                quota: 1000
                finalityDepth: 1
                quorum: 2
                ledger: "%s"
                cells: [news]
                partners:
                %snodes:
                %squeries:
                %s%s%s
                """
                        .formatted(
                                LEDGER,
                                partners,
                                nodes,
                                query(QUERY, 1),
                                query(LONG_QUERY, 2),
                                query(QUERY_TOO, 1));
        try {
            return PolicyFile.parse(yaml);
        } catch (PolicyException e) {
            throw new IllegalStateException("the test's policy must be valid", e);
        }
    }

    private static String party(String name) {
        return "  - {name: " + name + ", address: \"" + key(name).account().hex() + "\"";
    }

    private static String query(String name, int hours) {
        return """
                  - name: %s
                    type: overlap
                    identifierKind: EMAIL
                    window: PT%dH
                    partners: [publisher, advertiser]
                    windowsPerEpoch: 672
                    threshold: 2
                    epsilon: {total: "2", reach: "2"}
                """
                .formatted(name, hours);
    }

    private static String hpke(String name) {
        return TestingKeys.hpkePublicKey(name).toHex();
    }

    private static String hexKey(String name) {
        return HexFormat.of().formatHex(TestingKeys.chainKey(name));
    }

    static ChainSigner key(String name) {
        return ChainSigner.fromHex(hexKey(name));
    }

    static ChainSigner partner(int i) {
        return PARTNER_KEYS.get(i);
    }

    static RoomIdentity identity(String contract) {
        return new RoomIdentity(CHAIN_ID, new Address(contract), ROOM, POLICY.hash());
    }

    static RoomConfiguration configuration() {
        return configuration(new Account(LEDGER));
    }

    static RoomConfiguration configuration(Account ledger) {
        return new RoomConfiguration(
                RoomDigests.id(ROOM),
                Words.word(POLICY.hash()),
                POLICY.startMillis(),
                POLICY.endMillis(),
                POLICY.epochMillis(),
                POLICY.quota(),
                POLICY.semantics(),
                POLICY.finalityDepth(),
                POLICY.quorum(),
                ledger,
                List.of(partnerOf(0), partnerOf(1)),
                NODES.stream().map(ChainSigner::account).toList(),
                POLICY.queries().stream()
                        .map(
                                query ->
                                        new RoomConfiguration.Query(
                                                Words.word(query.id()),
                                                query.windowMillis(),
                                                CHARGE,
                                                0b11))
                        .toList());
    }

    private static RoomConfiguration.Partner partnerOf(int i) {
        Account account = PARTNER_KEYS.get(i).account();
        return new RoomConfiguration.Partner(
                RoomDigests.id(PARTNERS.get(i)),
                account,
                account,
                RoomDigests.dataset(account, RoomDigests.id(PARTNERS.get(i))));
    }

    /** Ready for releases; a block is final when one more is on top of it. */
    static InMemoryRoom deploy() {
        return InMemoryRoom.active(
                CHAIN_ID, new Account(IDENTITY.contract().hex()), configuration());
    }

    /** A sound release of the window that starts after so many hours. */
    static PendingRelease release(int window) {
        return release(IDENTITY, window, 100, "");
    }

    /** Of the same window, by the other hourly query. */
    static PendingRelease releaseToo(int window) {
        return release(IDENTITY, QUERY_TOO, window, 1, 100, "");
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
        return release(identity, QUERY, window, 1, value, input);
    }

    static PendingRelease release(
            RoomIdentity identity, String query, int window, int hours, long value, String input) {
        long start = window * HOUR;
        long end = start + hours * HOUR;
        return PendingRelease.of(
                TestingRelease.ofTotal(
                        identity,
                        1,
                        query,
                        start,
                        end,
                        value,
                        10,
                        IntStream.range(0, PARTNERS.size())
                                .mapToObj(i -> totals(identity, i, start, end, input))
                                .toList()));
    }

    static byte[] encoded(PendingRelease release) {
        return Codecs.PENDING_RELEASE.encode(release);
    }

    static CheckedPending checked(PendingRelease release) {
        return CheckedPending.of(release, encoded(release));
    }

    private static TotalsEntry totals(
            RoomIdentity identity, int i, long start, long end, String input) {
        String partner = PARTNERS.get(i);
        Word commitment = RoomDigests.id(partner + "/" + start + "/" + end + "/" + input);
        Word digest =
                RoomDigests.totals(
                        Words.location(identity), RoomDigests.id(partner), start, end, commitment);
        return new TotalsEntry(
                partner,
                Words.bytes32(commitment),
                Bytes.of(PARTNER_KEYS.get(i).sign(digest).toBytes()));
    }

    // What nodes sign.

    /** What stands on the signatures topic. */
    static SignedReleases signed(ChainSigner signer, PendingRelease... releases) {
        ReleaseDocument first = releases[0].document();
        List<ReleaseEntry> entries =
                Arrays.stream(releases).map(release -> release.document().entry()).toList();
        SignedReleases unsigned = SignedReleases.unsigned(first.start(), first.end(), entries);
        Bytes32 digest = unsigned.digest(first.identity());
        return unsigned.signed(Bytes.of(signer.sign(Words.word(digest)).toBytes()));
    }

    static CheckedSignature checkedSignature(int node, PendingRelease... releases) {
        SignedReleases signed = signed(NODES.get(node), releases);
        return new CheckedSignature(
                node,
                new WindowBounds(signed.start(), signed.end()),
                signed.releases(),
                signed.signature().toBytes());
    }

    /** As the first two nodes sign it. */
    static QuorumOffer offer(PendingRelease... releases) {
        return offer(NODES.subList(0, 2), releases);
    }

    static QuorumOffer offer(List<ChainSigner> signers, PendingRelease... releases) {
        return new QuorumOffer(
                checked(releases[0]).window(),
                Arrays.stream(releases).map(TestRoom::checked).toList(),
                signers.stream()
                        .map(
                                signer ->
                                        new QuorumSignature(
                                                new Address(signer.account().hex()),
                                                signed(signer, releases).signature().toBytes()))
                        .toList());
    }
}
