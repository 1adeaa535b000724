package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Room.sol, statement by statement, over Java maps: same checks in the same order, same errors,
 * same events. Not thread-safe.
 */
final class InMemoryContract {

    /** IRoom.Outcome. */
    enum Outcome {
        PUBLISHED,
        ALREADY_PUBLISHED,
        CONFLICT
    }

    /** An event that does not know its place in the chain yet. */
    interface Emission extends Function<RoomEvent.Position, RoomEvent> {}

    /** What a call did: its result and its events; the maps are changed only if asked to. */
    record Effect(Outcome outcome, List<Emission> emissions, Runnable commit) {}

    private record TotalsKey(Word partner, long start, long end) {}

    private final RoomLocation location;
    private final RoomConfiguration configuration;
    private final Word configurationHash;
    private final SortedSet<Integer> approvals = new TreeSet<>();
    private final Map<ReleaseOffer.Key, Word> releases = new HashMap<>();
    private final Map<TotalsKey, Word> totals = new HashMap<>();

    InMemoryContract(long chainId, Account contract, RoomConfiguration configuration) {
        ConfigurationRules.check(configuration);
        this.location = new RoomLocation(chainId, contract, configuration.policyHash());
        this.configuration = configuration;
        this.configurationHash = RoomDigests.configurationHash(configuration);
    }

    RoomLocation location() {
        return location;
    }

    RoomConfiguration configuration() {
        return configuration;
    }

    Word configurationHash() {
        return configurationHash;
    }

    boolean approved() {
        return approvals.size() == configuration.partners().size();
    }

    boolean hasApproved(int partnerIndex) {
        return approvals.contains(partnerIndex);
    }

    Optional<Word> releaseHash(ReleaseOffer.Key key) {
        return Optional.ofNullable(releases.get(key));
    }

    Optional<Word> totalsCommitment(Word partner, long start, long end) {
        return Optional.ofNullable(totals.get(new TotalsKey(partner, start, end)));
    }

    List<Emission> approve(int partnerIndex, Signature signature) {
        List<RoomConfiguration.Partner> partners = configuration.partners();
        Revert.unless(
                partnerIndex >= 0 && partnerIndex < partners.size(),
                "UnknownPartner",
                partnerIndex,
                partners.size());
        RoomConfiguration.Partner partner = partners.get(partnerIndex);
        requireSigned(partner, RoomDigests.approval(location, configurationHash), signature);
        if (!approvals.add(partnerIndex)) {
            return List.of();
        }
        int count = approvals.size();
        return List.of(at -> new RoomEvent.Approved(at, partner.id(), count, partners.size()));
    }

    Effect publish(ReleaseOffer offer) {
        Revert.unless(approved(), "NotApproved", approvals.size(), configuration.partners().size());
        long end = windowEnd(offer.query(), offer.start());
        Revert.unless(offer.rowCount() != 0, "NoRows", offer.query(), offer.start());
        List<Emission> equivocations = checkTotals(offer, end);
        // The contract knows the window's end; what the offer says of it is not sent.
        Word hash =
                RoomDigests.releaseHash(
                        location,
                        configuration.room(),
                        configuration.semantics(),
                        withEnd(offer, end));
        BigInteger signers = checkQuorum(offer, end, hash);

        @Nullable Word stored = releases.get(offer.key());
        if (hash.equals(stored)) {
            return new Effect(Outcome.ALREADY_PUBLISHED, List.of(), () -> {});
        }
        List<Emission> emissions = new ArrayList<>();
        if (!equivocations.isEmpty() || stored != null) {
            Optional<Word> standing = Optional.ofNullable(stored);
            emissions.addAll(equivocations);
            emissions.add(
                    at ->
                            new RoomEvent.Conflict(
                                    at,
                                    offer.query(),
                                    offer.start(),
                                    end,
                                    standing,
                                    hash,
                                    signers));
            return new Effect(Outcome.CONFLICT, emissions, () -> {});
        }
        Map<TotalsKey, Word> fresh = freshTotals(offer, end, emissions);
        emissions.add(
                at ->
                        new RoomEvent.Published(
                                at,
                                offer.query(),
                                offer.start(),
                                end,
                                hash,
                                offer.root(),
                                offer.rowCount(),
                                signers));
        Runnable commit =
                () -> {
                    totals.putAll(fresh);
                    releases.put(offer.key(), hash);
                };
        return new Effect(Outcome.PUBLISHED, emissions, commit);
    }

    private long windowEnd(Word query, long start) {
        long window =
                configuration.queries().stream()
                        .filter(candidate -> candidate.id().equals(query))
                        .mapToLong(RoomConfiguration.Query::windowMillis)
                        .findFirst()
                        .orElse(0);
        Revert.unless(window != 0, "UnknownQuery", query);
        Revert.unless(
                start % window == 0
                        && start >= configuration.start()
                        && start < configuration.end()
                        && window <= configuration.end() - start,
                "WindowOutOfRoom",
                query,
                start,
                window);
        return start + window;
    }

    private List<Emission> checkTotals(ReleaseOffer offer, long end) {
        List<RoomConfiguration.Partner> suppliers = suppliers();
        Revert.unless(
                offer.totals().size() == suppliers.size(),
                "TotalsCount",
                offer.totals().size(),
                suppliers.size());
        List<Emission> equivocations = new ArrayList<>();
        for (int i = 0; i < suppliers.size(); i++) {
            RoomConfiguration.Partner partner = suppliers.get(i);
            TotalsOffer given = offer.totals().get(i);
            Revert.unless(!given.commitment().isZero(), "ZeroCommitment", partner.id());
            @Nullable Word stored = totals.get(new TotalsKey(partner.id(), offer.start(), end));
            if (given.commitment().equals(stored)) {
                continue;
            }
            requireSigned(
                    partner,
                    RoomDigests.totals(
                            location, partner.id(), offer.start(), end, given.commitment()),
                    given.signature());
            if (stored != null) {
                equivocations.add(
                        at ->
                                new RoomEvent.TotalsEquivocation(
                                        at,
                                        partner.id(),
                                        offer.start(),
                                        end,
                                        stored,
                                        given.commitment(),
                                        given.signature()));
            }
        }
        return equivocations;
    }

    private BigInteger checkQuorum(ReleaseOffer offer, long end, Word hash) {
        int given = offer.signatures().size();
        Revert.unless(
                given >= configuration.quorum(), "QuorumMissed", given, configuration.quorum());
        Word digest = RoomDigests.release(location, offer.query(), offer.start(), end, hash);
        BigInteger signers = BigInteger.ZERO;
        Account previous = new Account("0x" + "0".repeat(40));
        for (NodeSignature signature : offer.signatures()) {
            Account signer = Recovery.recover(digest, signature.signature());
            Revert.unless(signer.compareTo(previous) > 0, "SignersNotAscending", previous, signer);
            int seat = configuration.nodes().indexOf(signer);
            Revert.unless(seat >= 0, "NotANode", signer);
            signers = signers.setBit(seat);
            previous = signer;
        }
        return signers;
    }

    private Map<TotalsKey, Word> freshTotals(
            ReleaseOffer offer, long end, List<Emission> emissions) {
        Map<TotalsKey, Word> fresh = new HashMap<>();
        List<RoomConfiguration.Partner> suppliers = suppliers();
        for (int i = 0; i < suppliers.size(); i++) {
            Word partner = suppliers.get(i).id();
            Word commitment = offer.totals().get(i).commitment();
            TotalsKey key = new TotalsKey(partner, offer.start(), end);
            if (!totals.containsKey(key)) {
                fresh.put(key, commitment);
                emissions.add(
                        at ->
                                new RoomEvent.TotalsCommitted(
                                        at, partner, offer.start(), end, commitment));
            }
        }
        return fresh;
    }

    private List<RoomConfiguration.Partner> suppliers() {
        return configuration.partners().stream()
                .filter(RoomConfiguration.Partner::supplies)
                .toList();
    }

    private static ReleaseOffer withEnd(ReleaseOffer offer, long end) {
        return new ReleaseOffer(
                offer.query(),
                offer.start(),
                end,
                offer.rowCount(),
                offer.root(),
                offer.mechanisms(),
                offer.releaseHash(),
                offer.totals(),
                offer.signatures());
    }

    private static void requireSigned(
            RoomConfiguration.Partner partner, Word digest, Signature signature) {
        Account recovered = Recovery.recover(digest, signature);
        Revert.unless(
                recovered.equals(partner.signer()),
                "WrongSigner",
                partner.id(),
                partner.signer(),
                recovered);
    }
}
