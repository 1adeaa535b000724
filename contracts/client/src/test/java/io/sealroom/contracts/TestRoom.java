package io.sealroom.contracts;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys and the policy of a room, and what its parties sign: three partners of which the second
 * only evaluates, three nodes with a quorum of two, an hourly and a daily query.
 */
final class TestRoom {

    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    static final long START = 20_000 * DAY;
    static final long END = START + 28 * DAY;
    static final Word HOURLY = RoomDigests.id("overlap");
    static final Word DAILY = RoomDigests.id("attribution");
    static final Word PUBLISHER = RoomDigests.id("publisher");
    static final Word EVALUATOR = RoomDigests.id("evaluator");
    static final Word ADVERTISER = RoomDigests.id("advertiser");

    private static final List<ChainSigner> PARTNERS = signers(0xa1, 3);
    private static final List<ChainSigner> NODES = signers(0xb1, 3);

    private final RoomLocation location;
    private final RoomConfiguration configuration;

    TestRoom(RoomLocation location, int finalityDepth) {
        this.location = location;
        this.configuration = configuration(finalityDepth);
    }

    static RoomConfiguration configuration(int finalityDepth) {
        return configuration(finalityDepth, 2);
    }

    static RoomConfiguration configuration(int finalityDepth, int quorum) {
        return new RoomConfiguration(
                RoomDigests.id("spring-campaign"),
                RoomDigests.id("policy"),
                START,
                END,
                1,
                finalityDepth,
                quorum,
                List.of(
                        new RoomConfiguration.Partner(PUBLISHER, PARTNERS.get(0).account(), true),
                        new RoomConfiguration.Partner(EVALUATOR, PARTNERS.get(1).account(), false),
                        new RoomConfiguration.Partner(ADVERTISER, PARTNERS.get(2).account(), true)),
                NODES.stream().map(ChainSigner::account).toList(),
                List.of(
                        new RoomConfiguration.Query(HOURLY, HOUR),
                        new RoomConfiguration.Query(DAILY, DAY)));
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

    Signature approval(int partner) {
        Word hash = RoomDigests.configurationHash(configuration);
        return PARTNERS.get(partner).sign(RoomDigests.approval(location, hash));
    }

    void approveAll(RoomContract room) {
        for (int i = 0; i < PARTNERS.size(); i++) {
            ApproveOutcome outcome = room.approve(i, approval(i));
            if (!(outcome instanceof ApproveOutcome.Approved)) {
                throw new IllegalStateException("approval of partner " + i + ": " + outcome);
            }
        }
    }

    /** Of the hourly query, signed by two nodes. */
    ReleaseOffer hourly(int window, String root) {
        return offer(START + window * HOUR, root, "advertiser's input", 2);
    }

    ReleaseOffer offer(long start, String root, String input, int signatures) {
        ReleaseOffer unsigned =
                with(
                        HOURLY,
                        start,
                        7,
                        RoomDigests.id(root),
                        List.of(
                                totals(0, PUBLISHER, start, "publisher's input"),
                                totals(2, ADVERTISER, start, input)));
        return signed(unsigned, signatures);
    }

    ReleaseOffer withRowCount(int rowCount) {
        ReleaseOffer good = hourly(0, "root");
        return signed(with(HOURLY, START, rowCount, good.root(), good.totals()), 2);
    }

    ReleaseOffer withQuery(Word query) {
        ReleaseOffer good = hourly(0, "root");
        return signed(with(query, START, 7, good.root(), good.totals()), 2);
    }

    ReleaseOffer withoutTotals() {
        ReleaseOffer good = hourly(0, "root");
        return signed(with(HOURLY, START, 7, good.root(), good.totals().subList(0, 1)), 2);
    }

    private static ReleaseOffer with(
            Word query, long start, int rowCount, Word root, List<TotalsOffer> totals) {
        return new ReleaseOffer(
                query,
                start,
                start + HOUR,
                rowCount,
                root,
                RoomDigests.id("mechanisms"),
                Word.ZERO,
                totals,
                List.of());
    }

    ReleaseOffer withFirstSignature(ReleaseOffer offer, byte[] signature) {
        List<NodeSignature> signatures = new ArrayList<>(offer.signatures());
        signatures.set(0, new NodeSignature(signatures.get(0).node(), Signature.of(signature)));
        return new ReleaseOffer(
                offer.query(),
                offer.start(),
                offer.end(),
                offer.rowCount(),
                offer.root(),
                offer.mechanisms(),
                offer.releaseHash(),
                offer.totals(),
                signatures);
    }

    private TotalsOffer totals(int partner, Word id, long start, String input) {
        Word commitment = RoomDigests.id(input);
        Word digest = RoomDigests.totals(location, id, start, start + HOUR, commitment);
        return new TotalsOffer(commitment, PARTNERS.get(partner).sign(digest));
    }

    /** The offer with its own hash and the signatures of the first so many nodes. */
    private ReleaseOffer signed(ReleaseOffer offer, int signatures) {
        Word hash =
                RoomDigests.releaseHash(
                        location, configuration.room(), configuration.semantics(), offer);
        Word digest =
                RoomDigests.release(location, offer.query(), offer.start(), offer.end(), hash);
        List<NodeSignature> nodes =
                NODES.subList(0, signatures).stream()
                        .map(node -> new NodeSignature(node.account(), node.sign(digest)))
                        .toList();
        return new ReleaseOffer(
                offer.query(),
                offer.start(),
                offer.end(),
                offer.rowCount(),
                offer.root(),
                offer.mechanisms(),
                hash,
                offer.totals(),
                nodes);
    }
}
