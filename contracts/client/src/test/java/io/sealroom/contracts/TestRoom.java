package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys and the policy of a room, and what its parties sign: three partners of which the second
 * only evaluates, three nodes with a quorum of two, two hourly queries and a daily one, two epochs.
 */
final class TestRoom {

    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    static final long EPOCH = 7 * DAY;
    static final long START = 20_006 * DAY;
    static final long END = START + 2 * EPOCH;
    static final long FIRST_EPOCH = START / EPOCH;
    static final Word HOURLY = RoomDigests.id("overlap");
    static final Word HOURLY_TOO = RoomDigests.id("last-touch");
    static final Word DAILY = RoomDigests.id("attribution");
    static final Word PUBLISHER = RoomDigests.id("publisher");
    static final Word EVALUATOR = RoomDigests.id("evaluator");
    static final Word ADVERTISER = RoomDigests.id("advertiser");
    static final long CHARGE = 1_500_000;
    static final long LIMIT_PER_PERIOD = 4_000_000_000L;
    static final long LIMIT_FOR_LIFE = 1_000_000_000_000L;
    static final long ALLOWANCE = 40_000_000;

    private static final List<ChainSigner> PARTNERS = signers(0xa1, 3);
    // The second approves with its agent's key.
    private static final List<ChainSigner> APPROVERS =
            List.of(signer(0xd1), PARTNERS.get(1), signer(0xd3));
    private static final List<ChainSigner> NODES = signers(0xb1, 3);

    private final RoomLocation location;
    private final RoomConfiguration configuration;

    TestRoom(RoomLocation location, RoomConfiguration configuration) {
        this.location = location;
        this.configuration = configuration;
    }

    static RoomConfiguration configuration(int finalityDepth, Account ledger) {
        return new RoomConfiguration(
                RoomDigests.id("spring-campaign"),
                RoomDigests.id("policy"),
                START,
                END,
                EPOCH,
                1_000_000,
                1,
                finalityDepth,
                2,
                ledger,
                List.of(partner(0, PUBLISHER), partner(1, EVALUATOR), partner(2, ADVERTISER)),
                NODES.stream().map(ChainSigner::account).toList(),
                List.of(
                        new RoomConfiguration.Query(HOURLY, HOUR, CHARGE, 0b101),
                        new RoomConfiguration.Query(HOURLY_TOO, HOUR, CHARGE, 0b100),
                        new RoomConfiguration.Query(DAILY, DAY, CHARGE, 0b101)));
    }

    private static RoomConfiguration.Partner partner(int index, Word id) {
        return new RoomConfiguration.Partner(
                id,
                approver(index).account(),
                PARTNERS.get(index).account(),
                index == 1 ? Word.ZERO : dataset(index));
    }

    static ChainSigner approver(int partner) {
        return APPROVERS.get(partner);
    }

    static ChainSigner partner(int partner) {
        return PARTNERS.get(partner);
    }

    static ChainSigner node(int node) {
        return NODES.get(node);
    }

    /** The name that an owner registers its data set by. */
    static Word datasetName(int partner) {
        return RoomDigests.id("data set " + partner);
    }

    static Word dataset(int partner) {
        return RoomDigests.dataset(approver(partner).account(), datasetName(partner));
    }

    static ChainSigner signer(int key) {
        return ChainSigner.fromHex(String.format("%064x", key));
    }

    private static List<ChainSigner> signers(int firstKey, int count) {
        List<ChainSigner> signers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            signers.add(signer(firstKey + i));
        }
        return signers;
    }

    // Ceremony.

    Word id(int partner) {
        return configuration.partners().get(partner).id();
    }

    List<EpochKey> keys(int partner) {
        return TestKeys.keys(configuration, id(partner));
    }

    List<KeyProof> proofs(int partner) {
        return TestKeys.proofs(location, configuration, id(partner));
    }

    Word commitment(int partner) {
        return RoomDigests.keysCommitment(id(partner), keys(partner));
    }

    Signature approval(int partner) {
        return approval(partner, commitment(partner));
    }

    Signature approval(int partner, Word keys) {
        Word hash = RoomDigests.configurationHash(configuration);
        return approver(partner).sign(RoomDigests.approval(location, hash, keys));
    }

    Signature leave(int partner, long epoch) {
        return approver(partner).sign(RoomDigests.leave(location, id(partner), epoch));
    }

    ActionOutcome approve(RoomContract room, int partner) {
        return room.approve(partner, commitment(partner), approval(partner));
    }

    ActionOutcome reveal(RoomContract room, int partner) {
        return room.reveal(partner, keys(partner), proofs(partner));
    }

    void approveAll(RoomContract room) {
        for (int i = 0; i < PARTNERS.size(); i++) {
            recorded(approve(room, i));
        }
    }

    /** Brings a room to where it takes releases. */
    void activate(RoomContract room, TestChain chain) {
        activate(room, chain, ALLOWANCE);
    }

    void activate(RoomContract room, TestChain chain, long allowance) {
        approveAll(room);
        allow(chain, allowance);
        for (int i = 0; i < PARTNERS.size(); i++) {
            recorded(reveal(room, i));
        }
    }

    ActionOutcome allow(LedgerContract ledger, Word dataset, long allowance) {
        return ledger.allow(
                dataset,
                location.contract(),
                RoomDigests.configurationHash(configuration),
                allowance);
    }

    /** The owners let the room spend so much each. */
    void allow(TestChain chain, long allowance) {
        for (int i = 0; i < PARTNERS.size(); i += 2) {
            try (LedgerContract ledger = chain.ledger(approver(i))) {
                recorded(allow(ledger, datasetName(i), allowance));
            }
        }
    }

    static void register(TestChain chain) {
        for (int i = 0; i < PARTNERS.size(); i += 2) {
            try (LedgerContract ledger = chain.ledger(approver(i))) {
                recorded(ledger.register(datasetName(i), EPOCH, LIMIT_PER_PERIOD, LIMIT_FOR_LIFE));
            }
        }
    }

    static void recorded(ActionOutcome outcome) {
        if (!(outcome instanceof ActionOutcome.Recorded)) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    // Offers.

    /** Of the first hourly query, signed by two nodes. */
    WindowOffer hourly(int window, String root) {
        return offer(START + window * HOUR, root, "advertiser's input", 2);
    }

    WindowOffer offer(long start, String root, String input, int signatures) {
        return signed(
                start,
                start + HOUR,
                totals(start, start + HOUR, input),
                List.of(release(HOURLY, root)),
                signatures);
    }

    /** Of both hourly queries, in policy order. */
    WindowOffer batch(int window, String first, String second) {
        long start = START + window * HOUR;
        return signed(
                start,
                start + HOUR,
                totals(start, start + HOUR, "advertiser's input"),
                List.of(release(HOURLY, first), release(HOURLY_TOO, second)),
                2);
    }

    /** Of any releases of the first hour. */
    WindowOffer of(ReleaseOffer... releases) {
        WindowOffer good = hourly(0, "root");
        return signed(good.start(), good.end(), good.totals(), List.of(releases), 2);
    }

    /** Of any window, for one query. */
    WindowOffer window(Word query, long start, long end) {
        return signed(start, end, totals(start, end, "input"), List.of(release(query, "root")), 2);
    }

    WindowOffer withTotals(List<TotalsOffer> totals) {
        return withTotals(totals, release(HOURLY, "root"));
    }

    WindowOffer withTotals(List<TotalsOffer> totals, ReleaseOffer release) {
        return signed(START, START + HOUR, totals, List.of(release), 2);
    }

    WindowOffer withFirstSignature(WindowOffer offer, byte[] signature) {
        List<NodeSignature> signatures = new ArrayList<>(offer.signatures());
        signatures.set(0, new NodeSignature(signatures.get(0).node(), Signature.of(signature)));
        return new WindowOffer(
                offer.start(), offer.end(), offer.totals(), offer.releases(), signatures);
    }

    static ReleaseOffer release(Word query, String root) {
        return release(query, root, 7);
    }

    static ReleaseOffer release(Word query, String root, int rowCount) {
        return new ReleaseOffer(
                query, rowCount, RoomDigests.id(root), RoomDigests.id("mechanisms"), Word.ZERO);
    }

    List<TotalsOffer> totals(long start, long end, String advertisersInput) {
        return List.of(
                totals(0, start, end, "publisher's input"),
                totals(2, start, end, advertisersInput));
    }

    TotalsOffer totals(int partner, long start, long end, String input) {
        Word commitment = RoomDigests.id(input);
        Word digest = RoomDigests.totals(location, id(partner), start, end, commitment);
        return new TotalsOffer(commitment, PARTNERS.get(partner).sign(digest));
    }

    ReleaseEvidence evidence(int node, WindowOffer offer, int index) {
        Word digest =
                RoomDigests.releases(location, offer.start(), offer.end(), offer.signedReleases());
        return new ReleaseEvidence(offer.signedReleases(), NODES.get(node).sign(digest), index);
    }

    /** The releases with their own hashes and the signatures of the first so many nodes. */
    private WindowOffer signed(
            long start,
            long end,
            List<TotalsOffer> totals,
            List<ReleaseOffer> unsigned,
            int signatures) {
        Word totalsHash =
                RoomDigests.totalsHash(totals.stream().map(TotalsOffer::commitment).toList());
        List<ReleaseOffer> releases =
                unsigned.stream().map(r -> hashed(r, start, end, totalsHash)).toList();
        Word digest =
                RoomDigests.releases(
                        location, start, end, releases.stream().map(ReleaseOffer::signed).toList());
        List<NodeSignature> nodes =
                NODES.subList(0, signatures).stream()
                        .map(node -> new NodeSignature(node.account(), node.sign(digest)))
                        .toList();
        return new WindowOffer(start, end, totals, releases, nodes);
    }

    private ReleaseOffer hashed(ReleaseOffer release, long start, long end, Word totalsHash) {
        Word hash =
                RoomDigests.releaseHash(
                        location,
                        configuration.room(),
                        configuration.semantics(),
                        start,
                        end,
                        totalsHash,
                        release);
        return new ReleaseOffer(
                release.query(), release.rowCount(), release.root(), release.mechanisms(), hash);
    }
}
