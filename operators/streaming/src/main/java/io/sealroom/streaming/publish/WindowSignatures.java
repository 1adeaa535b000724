package io.sealroom.streaming.publish;

import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.release.ReleaseEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the nodes signed of a window: of each at most one list of all queries and one of each. */
final class WindowSignatures {

    private final QuorumPlan plan;
    private final List<CheckedSignature> kept;

    WindowSignatures(QuorumPlan plan, List<CheckedSignature> kept) {
        this.plan = plan;
        this.kept = new ArrayList<>(kept);
    }

    List<CheckedSignature> kept() {
        return List.copyOf(kept);
    }

    /**
     * @return false if one in its place is kept already
     */
    boolean add(CheckedSignature list) {
        return kept.stream().noneMatch(known -> hasItsPlace(known, list)) && kept.add(list);
    }

    void removeIf(Predicate<CheckedSignature> condition) {
        kept.removeIf(condition);
    }

    /** What a node said first of a query. */
    Optional<Bytes32> firstHash(int node, Bytes32 query) {
        return kept.stream()
                .filter(list -> list.node() == node)
                .flatMap(list -> list.hashOf(query).stream())
                .findFirst();
    }

    /** A quorum of signatures over this very list, those of the lowest addresses. */
    Optional<List<CheckedSignature>> agreeing(List<ReleaseEntry> entries) {
        List<CheckedSignature> lowest =
                kept.stream()
                        .filter(list -> list.releases().equals(entries))
                        .sorted(Comparator.comparing(list -> plan.address(list.node()).hex()))
                        .limit(plan.quorum())
                        .toList();
        return lowest.size() < plan.quorum() ? Optional.empty() : Optional.of(lowest);
    }

    private static boolean hasItsPlace(CheckedSignature known, CheckedSignature list) {
        return known.node() == list.node()
                && known.releases().size() == list.releases().size()
                && known.releases().get(0).query().equals(list.releases().get(0).query());
    }
}
