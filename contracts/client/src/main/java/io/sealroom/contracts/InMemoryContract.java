package io.sealroom.contracts;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishing in Room.sol, statement by statement, over Java maps: same checks in the same order,
 * same errors, same events. Not thread-safe.
 */
final class InMemoryContract {

    private static final int QUERIES_MAX = 64;

    private record ReleaseKey(Word query, long start) {}

    private record TotalsKey(long start, long end) {}

    private record ChargeKey(Word query, long epoch) {}

    private final InMemoryPlan plan;
    private final InMemoryCeremony ceremony;
    private final InMemoryEvidence evidence;
    private final InMemorySignatures signatures;
    private final InMemoryBudget budget;
    private final Map<ReleaseKey, Word> releases = new HashMap<>();
    private final Map<TotalsKey, Word> totals = new HashMap<>();
    private final Map<ChargeKey, Boolean> charged = new HashMap<>();

    InMemoryContract(InMemoryPlan plan, InMemorySignatures signatures, InMemoryBudget budget) {
        this.plan = plan;
        this.signatures = signatures;
        this.budget = budget;
        this.ceremony = new InMemoryCeremony(plan, signatures, budget);
        this.evidence = new InMemoryEvidence(plan, signatures);
    }

    InMemoryPlan plan() {
        return plan;
    }

    InMemoryCeremony ceremony() {
        return ceremony;
    }

    InMemoryEvidence evidence() {
        return evidence;
    }

    Optional<Word> releaseHash(Word query, long start) {
        return Optional.ofNullable(releases.get(new ReleaseKey(query, start)));
    }

    Optional<Word> totalsHash(long start, long end) {
        return Optional.ofNullable(totals.get(new TotalsKey(start, end)));
    }

    boolean charged(Word query, long epoch) {
        Revert.unless(plan.query(query).isPresent(), "UnknownQuery", query);
        return charged.containsKey(new ChargeKey(query, epoch));
    }

    // Publish.

    List<ReleaseResult> publish(InMemoryTransaction tx, WindowOffer offer) {
        long start = offer.start();
        long end = offer.end();
        ceremony.requireOpen(start, end);
        int count = offer.releases().size();
        Revert.unless(count != 0 && count <= QUERIES_MAX, "ReleaseCount", count, QUERIES_MAX);

        @Nullable Word stored = totals.get(new TotalsKey(start, end));
        Word given = offer.totalsHash();
        if (!given.equals(stored)) {
            checkTotals(offer);
        }
        List<SignedRelease> offered = hashReleases(offer, given);
        BigInteger signers = signatures.requireQuorum(start, end, offered, offer.signatures());

        boolean differs = stored != null && !stored.equals(given);
        if (stored == null) {
            tx.put(totals, new TotalsKey(start, end), given);
            emit(tx, at -> new RoomEvent.TotalsCommitted(at, start, end, offer.commitments()));
        } else if (differs) {
            emit(
                    tx,
                    at ->
                            new RoomEvent.TotalsConflict(
                                    at, start, end, stored, offer.commitments()));
        }
        List<ReleaseResult> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Word hash = offered.get(i).releaseHash();
            results.add(record(tx, offer, offer.releases().get(i), hash, signers, differs));
        }
        return results;
    }

    private void checkTotals(WindowOffer offer) {
        List<RoomConfiguration.Partner> suppliers = plan.suppliers();
        List<Signature> given = offer.totalsSignatures();
        Revert.unless(
                offer.totals().size() == suppliers.size() && given.size() == suppliers.size(),
                "TotalsCount",
                offer.totals().size(),
                given.size(),
                suppliers.size());
        for (int i = 0; i < suppliers.size(); i++) {
            signatures.requireTotals(
                    suppliers.get(i),
                    offer.start(),
                    offer.end(),
                    offer.totals().get(i).commitment(),
                    given.get(i));
        }
    }

    private List<SignedRelease> hashReleases(WindowOffer offer, Word given) {
        List<SignedRelease> offered = new ArrayList<>();
        for (ReleaseOffer release : offer.releases()) {
            requireWindow(release.query(), offer.start(), offer.end());
            Revert.unless(release.rowCount() != 0, "NoRows", release.query(), offer.start());
            Word hash = plan.hashRelease(release, offer.start(), offer.end(), given);
            offered.add(new SignedRelease(release.query(), hash));
        }
        return offered;
    }

    private void requireWindow(Word query, long start, long end) {
        long window = plan.query(query).map(RoomConfiguration.Query::windowMillis).orElse(0L);
        Revert.unless(window != 0, "UnknownQuery", query);
        Revert.unless(
                start % window == 0 && end - start == window,
                "WindowNotOfQuery",
                query,
                start,
                end,
                window);
    }

    private ReleaseResult record(
            InMemoryTransaction tx,
            WindowOffer offer,
            ReleaseOffer release,
            Word offered,
            BigInteger signers,
            boolean differs) {
        Word query = release.query();
        long start = offer.start();
        long end = offer.end();
        ReleaseKey key = new ReleaseKey(query, start);
        @Nullable Word stored = releases.get(key);
        if (offered.equals(stored)) {
            return ReleaseResult.ALREADY_PUBLISHED;
        }
        if (RoomContract.WITHHELD.equals(stored)) {
            return ReleaseResult.WITHHELD;
        }
        if (differs || stored != null) {
            Optional<Word> standing = Optional.ofNullable(stored);
            emit(
                    tx,
                    at ->
                            new RoomEvent.Conflict(
                                    at, query, start, end, standing, offered, signers));
            return ReleaseResult.CONFLICT;
        }
        Optional<Word> shortOf = charge(tx, query, start);
        if (shortOf.isPresent()) {
            tx.put(releases, key, RoomContract.WITHHELD);
            emit(
                    tx,
                    at ->
                            new RoomEvent.Withheld(
                                    at, query, start, end, offered, shortOf.get(), signers));
            return ReleaseResult.WITHHELD;
        }
        tx.put(releases, key, offered);
        emit(
                tx,
                at ->
                        new RoomEvent.Published(
                                at,
                                query,
                                start,
                                end,
                                offered,
                                release.root(),
                                release.rowCount(),
                                signers));
        return ReleaseResult.PUBLISHED;
    }

    private Optional<Word> charge(InMemoryTransaction tx, Word id, long start) {
        RoomConfiguration.Query query = plan.query(id).orElseThrow();
        long epoch = start / plan.configuration().epochMillis();
        ChargeKey key = new ChargeKey(id, epoch);
        if (charged.containsKey(key)) {
            return Optional.empty();
        }
        Optional<Word> shortOf =
                budget.charge(
                        tx,
                        plan.contract(),
                        plan.datasets(query.datasets()),
                        epoch,
                        query.charge(),
                        id,
                        start);
        if (shortOf.isEmpty()) {
            tx.put(charged, key, true);
        }
        return shortOf;
    }

    private void emit(InMemoryTransaction tx, InMemoryTransaction.Emission emission) {
        tx.emit(plan.contract(), emission);
    }
}
