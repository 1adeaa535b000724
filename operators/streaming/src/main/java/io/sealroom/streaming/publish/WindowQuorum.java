package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.release.ReleaseEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a node makes of one window: which hashes it computed, which lists the nodes signed, what it
 * signs itself and what can be offered.
 *
 * <ul>
 *   <li>All queries of the window go together, as one list in policy order, once this node has
 *       computed them all. If that list does not come together until {@link #expire}, every query
 *       goes alone, so that one that is missing or disputed stops only itself.
 *   <li>A list can be offered when a quorum of nodes signed it and all hashes in it are this node's
 *       own. This node's signature counts when it is read back, like everybody's. The order of
 *       arrival changes nothing but the moment.
 *   <li>Of a node the first list of all queries counts and the first of each query alone; one that
 *       contradicts an earlier one of the same node is reported and never counts.
 *   <li>A hash that is not this node's own is reported, once for each node and query; where this
 *       node has none (any more), the one that the chain decided on is compared.
 *   <li>A node does not sign against a signature of its own that it has read: it would be evidence
 *       against itself, left by a changed program that computes the window again. What it has not
 *       read yet does not hold it back. A job that starts without state reads its pending releases
 *       and the signatures side by side and may sign before it comes to its earlier signature; then
 *       the two are reported, and stand as evidence. Only kept state rules that out.
 * </ul>
 *
 * <p>It remembers hashes and signatures until the chain has decided every query, at most one list
 * of all and one of each query for a node; then the hashes that were decided on.
 */
final class WindowQuorum {

    private final int self;
    private final List<Bytes32> queries;

    private final Map<Integer, Bytes32> own;
    private final Map<Integer, Bytes32> settled;
    private final WindowSignatures signatures;
    private boolean signedTogether;
    private long signedSingly;
    private boolean expired;
    private boolean offeredTogether;
    private long offeredSingly;
    private final QuorumReports reports;

    /**
     * @param self position of this node in the policy
     * @param queries the window's, at least one
     * @param memory of what happened before
     */
    WindowQuorum(
            QuorumPlan plan,
            int self,
            List<Bytes32> queries,
            WindowMemory memory,
            QuorumAlarms alarms) {
        this.self = self;
        this.queries = queries;
        this.own = new HashMap<>(memory.own());
        this.settled = new HashMap<>(memory.settled());
        this.signatures = new WindowSignatures(plan, memory.signatures());
        this.signedTogether = memory.signedTogether();
        this.signedSingly = memory.signedSingly();
        this.expired = memory.expired();
        this.offeredTogether = memory.offeredTogether();
        this.offeredSingly = memory.offeredSingly();
        this.reports = new QuorumReports(queries, memory, alarms);
    }

    WindowMemory memory() {
        return new WindowMemory(
                Map.copyOf(own),
                Map.copyOf(settled),
                signatures.kept(),
                signedTogether,
                signedSingly,
                expired,
                offeredTogether,
                offeredSingly,
                reports.disagreeing(),
                reports.equivocating());
    }

    // What happens.

    /**
     * This node computed a release.
     *
     * @return false if it was known, or is settled and has been signed
     */
    boolean computed(Bytes32 query, Bytes32 hash) {
        int i = queries.indexOf(query);
        if (own.containsKey(i) || (settled.containsKey(i) && hasSigned(i))) {
            return false;
        }
        own.put(i, hash);
        compareAll(i);
        return true;
    }

    /**
     * A node signed a list of this window.
     *
     * @return whether it is kept; if not, it is a repeat, a contradiction or no longer needed
     */
    boolean signed(CheckedSignature list) {
        if (contradictsItself(list)) {
            return false;
        }
        list.releases().forEach(entry -> compare(list.node(), entry.query(), entry.releaseHash()));
        return !isSettled(list) && signatures.add(list);
    }

    /** The chain decided on a hash: recorded, or never to be recorded. */
    void settled(Bytes32 query, Bytes32 hash) {
        int i = queries.indexOf(query);
        settled.put(i, hash);
        if (!own.containsKey(i)) {
            compareAll(i);
        }
        signatures.removeIf(this::isSettled);
        forget();
    }

    /**
     * The time in which the list of all queries should have come together is over.
     *
     * @return whether queries that are not settled go alone from now on
     */
    boolean expire() {
        expired = true;
        return queries.size() > 1 && !isSettled() && !standsTogether();
    }

    // What follows.

    /** Lists that this node has to sign now; each is told once. */
    List<List<ReleaseEntry>> takeUnsigned() {
        List<List<ReleaseEntry>> lists = new ArrayList<>();
        if (!signedTogether && own.size() == queries.size()) {
            signedTogether = true;
            lists.add(all().mapToObj(this::entry).toList());
        }
        if (expired && queries.size() > 1 && !standsTogether()) {
            all().filter(i -> own.containsKey(i) && !bit(signedSingly, i))
                    .filter(i -> !(signedTogether && settled.containsKey(i)))
                    .forEach(
                            i -> {
                                signedSingly |= 1L << i;
                                lists.add(List.of(entry(i)));
                            });
        }
        lists.removeIf(list -> list.stream().anyMatch(this::contradictsOwnSignature));
        forget();
        return lists;
    }

    /** Whether {@link #takeOffers} has any. */
    boolean hasOffers() {
        return !offers().isEmpty();
    }

    /** Lists that can be offered now; each is told once. */
    List<AgreedList> takeOffers() {
        List<AgreedList> offers = offers();
        for (AgreedList offer : offers) {
            if (offer.queries().size() == queries.size()) {
                offeredTogether = true;
            } else {
                offeredSingly |= 1L << queries.indexOf(offer.queries().get(0));
            }
        }
        return offers;
    }

    boolean isSettled(Bytes32 query) {
        return settled.containsKey(queries.indexOf(query));
    }

    /** Whether nothing is left to sign or to offer, unless this node computes something more. */
    boolean isDone() {
        return isSettled() && own.isEmpty();
    }

    /** Whether {@link #expire} is still to come. */
    boolean waits() {
        return !expired && !own.isEmpty();
    }

    private List<AgreedList> offers() {
        if (offeredTogether) {
            return List.of();
        }
        Optional<AgreedList> together = agreed(queries);
        if (together.isPresent()) {
            return List.of(together.get());
        }
        return all().filter(i -> !bit(offeredSingly, i))
                .mapToObj(i -> agreed(List.of(queries.get(i))))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether all queries are offered, or can be, as one list. */
    private boolean standsTogether() {
        return offeredTogether || agreed(queries).isPresent();
    }

    private Optional<AgreedList> agreed(List<Bytes32> list) {
        List<Integer> positions = list.stream().map(queries::indexOf).toList();
        if (!own.keySet().containsAll(positions)
                || positions.stream().anyMatch(settled::containsKey)) {
            return Optional.empty();
        }
        return signatures
                .agreeing(positions.stream().map(this::entry).toList())
                .map(agreeing -> new AgreedList(list, agreeing));
    }

    // Comparing.

    private void compareAll(int i) {
        Bytes32 query = queries.get(i);
        for (CheckedSignature list : signatures.kept()) {
            list.hashOf(query).ifPresent(hash -> compare(list.node(), query, hash));
        }
    }

    private void compare(int node, Bytes32 query, Bytes32 hash) {
        int i = queries.indexOf(query);
        Bytes32 expected = own.containsKey(i) ? own.get(i) : settled.get(i);
        if (expected != null && !expected.equals(hash)) {
            reports.disagrees(node, query, expected, hash);
        }
    }

    private boolean contradictsItself(CheckedSignature list) {
        boolean contradicts = false;
        for (ReleaseEntry entry : list.releases()) {
            Bytes32 first = signatures.firstHash(list.node(), entry.query()).orElse(null);
            if (first == null || first.equals(entry.releaseHash())) {
                continue;
            }
            contradicts = true;
            reports.equivocates(list.node(), entry.query(), first, entry.releaseHash());
        }
        return contradicts;
    }

    private boolean contradictsOwnSignature(ReleaseEntry entry) {
        return signatures
                .firstHash(self, entry.query())
                .filter(first -> !first.equals(entry.releaseHash()))
                .isPresent();
    }

    // Remembering no more than is needed.

    private boolean isSettled(CheckedSignature list) {
        return list.releases().stream().allMatch(entry -> isSettled(entry.query()));
    }

    private boolean isSettled() {
        return settled.size() == queries.size();
    }

    private boolean hasSigned(int i) {
        return signedTogether || bit(signedSingly, i);
    }

    /** Once the chain has decided everything, an own hash waits only for being signed. */
    private void forget() {
        if (isSettled()) {
            own.keySet().removeIf(this::hasSigned);
        }
    }

    private ReleaseEntry entry(int i) {
        return new ReleaseEntry(queries.get(i), Objects.requireNonNull(own.get(i)));
    }

    private IntStream all() {
        return IntStream.range(0, queries.size());
    }

    private static boolean bit(long bits, int i) {
        return (bits >>> i & 1) == 1;
    }
}
