package io.sealroom.pipeline;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.ReleasedRow;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.local.parts.LocalChain;
import io.sealroom.privacy.dp.QueryFamilies;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.hash.Secp256k1;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseRow;
import io.sealroom.schemas.release.RowStatus;
import io.sealroom.schemas.release.SignedReleases;
import io.sealroom.schemas.release.TotalsEntry;
import io.sealroom.streaming.testing.RealRoom;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingRelease;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A room of three nodes with a quorum of two: two hourly queries and one of two hours, over four
 * hours; what its nodes compute; and its contract.
 */
final class NodesRoom {

    static final List<String> NODES = List.of("node-one", "node-two", "node-three");

    private static final String NODE =
            """
              - name: %s
                address: "0x0000000000000000000000000000000000000003"
                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
            """;
    private static final String QUERY_TOO =
            """
              - name: email-overlap-too
                type: overlap
                identifierKind: EMAIL
                window: PT1H
                partners: [publisher, advertiser]
                windowsPerEpoch: 24
                threshold: 2
                epsilon: {total: "2", reach: "2"}
            """;

    private final Policy policy;
    private final RoomIdentity identity;

    private NodesRoom(Policy policy, RoomIdentity identity) {
        this.policy = policy;
        this.identity = identity;
    }

    /** Of four hours, at a contract that does not exist. */
    static NodesRoom named(String name) {
        TestingRoom room = room(name, 4);
        return new NodesRoom(room.policy(), room.identity());
    }

    /** Of two hours, at a contract that does not exist; its attribution has three rows a cell. */
    static NodesRoom ofCells(String name, int cells) {
        TestingRoom room =
                room(
                        name,
                        2,
                        text ->
                                text.replace("[news, sports]", cells(cells))
                                        .replace(
                                                "{count: \"1\", value: \"1\"}",
                                                "{count: \"1\", value: \"1\", converters: \"1\"}"));
        return new NodesRoom(room.policy(), room.identity());
    }

    private static String cells(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "cell-" + i)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Of so many hours, on a real chain. */
    static NodesRoom open(String name, int hours, LocalChain chain) throws IOException {
        Policy policy = room(name, hours).policy();
        RoomIdentity identity =
                RealRoom.open(
                        chain, policy, ledger -> configuration(policy, ledger), RealRoom.PLENTY);
        return new NodesRoom(policy, identity);
    }

    private static TestingRoom room(String name, int hours) {
        return room(name, hours, text -> text);
    }

    private static TestingRoom room(String name, int hours, UnaryOperator<String> change) {
        return TestingRoom.small(
                text ->
                        change.apply(text)
                                        .replace("small-room", name)
                                        .replace("T04:00", String.format("T%02d:00", hours))
                                        .replace(
                                                "quota: 1000",
                                                "quota: 1000\nquorum: 2\nfinalityDepth: 1")
                                        .replace(
                                                "auditors:",
                                                node("node-two") + node("node-three") + "auditors:")
                                + QUERY_TOO);
    }

    /** Addresses of all parties are replaced by those of their names' keys. */
    private static String node(String name) {
        return NODE.formatted(name)
                .replace("000003", String.format("%06x", 10 + NODES.indexOf(name)));
    }

    Policy policy() {
        return policy;
    }

    NodeSettings settings(String node, String kafka) {
        RoomFile file =
                new RoomFile(
                        identity.chainId(), identity.contract(), 0, Collections.emptySortedMap());
        return new NodeSettings(policy, file, node, kafka);
    }

    static ChainSigner key(String party) {
        return ChainSigner.fromHex(HexFormat.of().formatHex(TestingKeys.chainKey(party)));
    }

    /** What every honest node computes: each query, each of its windows. */
    List<PendingRelease> releases() {
        List<PendingRelease> releases = new ArrayList<>();
        for (Query query : policy.queries()) {
            for (long start = policy.startMillis();
                    start < policy.endMillis();
                    start += query.windowMillis()) {
                releases.add(release(query, start, 100));
            }
        }
        return releases;
    }

    /** The attribution's first window with every row that the policy has, all shown. */
    PendingRelease full() {
        Query query = policy.query("email-last-touch");
        ReleaseDocument bare = release(query, policy.startMillis(), 0).document();
        return PendingRelease.of(
                new ReleaseDocument(
                        identity,
                        bare.semantics(),
                        bare.query(),
                        bare.start(),
                        bare.end(),
                        query.rows(policy, bare.start()).stream()
                                .map(
                                        key ->
                                                new ReleaseRow(
                                                        key,
                                                        RowStatus.OK,
                                                        BigInteger.valueOf(
                                                                1_000_000L + key.index()),
                                                        Digests.id("salt " + key.index())))
                                .toList(),
                        QueryFamilies.of(policy, query).mechanisms(),
                        bare.totals()));
    }

    /** The same, window by window, the queries of each in policy order. */
    List<List<PendingRelease>> windows() {
        Map<List<Long>, List<PendingRelease>> windows = new LinkedHashMap<>();
        for (PendingRelease release : releases()) {
            ReleaseDocument document = release.document();
            windows.computeIfAbsent(
                            List.of(document.start(), document.end()), w -> new ArrayList<>())
                    .add(release);
        }
        return List.copyOf(windows.values());
    }

    /** What a node says of a window's releases on the signatures topic. */
    SignedReleases signed(String node, List<PendingRelease> window) {
        ReleaseDocument first = window.get(0).document();
        SignedReleases unsigned =
                SignedReleases.unsigned(
                        first.start(),
                        first.end(),
                        window.stream().map(release -> release.document().entry()).toList());
        Word digest = word(unsigned.digest(identity));
        return unsigned.signed(Bytes.of(key(node).sign(digest).toBytes()));
    }

    /** Sound in itself, and not what follows from the events. */
    PendingRelease tampered(PendingRelease release) {
        ReleaseDocument document = release.document();
        return release(policy.query(document.query()), document.start(), 999);
    }

    private PendingRelease release(Query query, long start, long value) {
        long end = start + query.windowMillis();
        return PendingRelease.of(
                TestingRelease.ofTotal(
                        identity,
                        policy.semantics(),
                        query.name(),
                        start,
                        end,
                        value,
                        10,
                        policy.suppliers().stream().map(p -> totals(p, start, end)).toList()));
    }

    private TotalsEntry totals(Partner partner, long start, long end) {
        Bytes32 commitment = Digests.id(partner.name() + " " + start + " " + end);
        Word digest =
                RoomDigests.totals(
                        contract().location(),
                        word(Digests.id(partner.name())),
                        start,
                        end,
                        word(commitment));
        byte[] signature =
                Secp256k1.sign(Bytes32.of(digest.toBytes()), TestingKeys.chainKey(partner.name()));
        return new TotalsEntry(partner.name(), commitment, Bytes.of(signature));
    }

    /** A fresh contract of it that takes releases. */
    InMemoryRoom contract() {
        return InMemoryRoom.active(
                identity.chainId(),
                account(identity.contract()),
                configuration(policy, account(policy.ledger())));
    }

    private static RoomConfiguration configuration(Policy policy, Account ledger) {
        return new RoomConfiguration(
                word(Digests.id(policy.room())),
                word(policy.hash()),
                policy.startMillis(),
                policy.endMillis(),
                policy.epochMillis(),
                policy.quota(),
                policy.semantics(),
                policy.finalityDepth(),
                policy.quorum(),
                ledger,
                policy.suppliers().stream().map(NodesRoom::partner).toList(),
                policy.nodes().stream().map(node -> account(node.address())).toList(),
                policy.queries().stream()
                        .map(
                                query ->
                                        new RoomConfiguration.Query(
                                                word(query.id()),
                                                query.windowMillis(),
                                                1_000,
                                                0b11))
                        .toList());
    }

    private static RoomConfiguration.Partner partner(Partner partner) {
        Account account = account(partner.address());
        Word id = word(Digests.id(partner.name()));
        return new RoomConfiguration.Partner(
                id, account, account, RoomDigests.dataset(account, id));
    }

    /** Whether the contract says that the release's one row belongs to what it recorded. */
    static boolean verifies(InMemoryRoom contract, PendingRelease release) throws IOException {
        ReleaseDocument document = release.document();
        ReleaseRow row = document.rows().get(0);
        return contract.verifyRow(
                new ReleasedRow(
                        row.key().index(),
                        word(document.queryId()),
                        document.start(),
                        document.end(),
                        word(row.key().cell()),
                        row.key().metric().code(),
                        row.status().code(),
                        row.value(),
                        word(row.salt())),
                new ReleaseOffer(
                        word(document.queryId()),
                        document.rows().size(),
                        word(release.root()),
                        word(document.mechanismsHash()),
                        word(release.releaseHash())),
                word(document.totalsHash()),
                List.of());
    }

    static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }

    private static Account account(Address address) {
        return new Account(address.hex());
    }
}
