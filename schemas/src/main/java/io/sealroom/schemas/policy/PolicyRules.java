package io.sealroom.schemas.policy;

import com.google.errorprone.annotations.FormatMethod;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.record.Seal;
import io.sealroom.schemas.record.WindowSecrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a policy has to satisfy beyond its JSON schema. Pure: the same policy has the same
 * violations everywhere.
 */
final class PolicyRules {

    private static final Address NOBODY = Address.of(new byte[Address.LENGTH]);
    private static final Set<String> RESERVED = Set.of("events", "oprf", "signatures");

    private final Policy policy;
    private final List<String> violations = new ArrayList<>();

    private PolicyRules(Policy policy) {
        this.policy = policy;
    }

    /** All violations; none for a valid policy. */
    static List<String> violations(Policy policy) {
        PolicyRules rules = new PolicyRules(policy);
        rules.names();
        rules.keys();
        rules.datasets();
        rules.times();
        policy.queries().forEach(rules::query);
        return List.copyOf(rules.violations);
    }

    private void names() {
        distinct("partners", policy.partners().stream().map(Partner::name).toList());
        distinct("nodes and auditors", policy.recipients().stream().map(Auditor::name).toList());
        distinct("queries", policy.queries().stream().map(Query::name).toList());
        distinct("cells", policy.cells());
        policy.nodes().stream()
                .map(Node::name)
                .filter(RESERVED::contains)
                .forEach(name -> add("node %s: the name is that of a shared topic", name));
    }

    private void datasets() {
        policy.partners().stream()
                .filter(partner -> !partner.supplies() && partner.dataset() != null)
                .forEach(
                        partner ->
                                add(
                                        "partner %s: supplies no events, so it has no dataset",
                                        partner.name()));
    }

    private void keys() {
        // A partner may approve with its own chain key; with anybody else's key, that one would
        // speak for two.
        List<Address> addresses =
                Stream.concat(
                                policy.partners().stream()
                                        .flatMap(
                                                partner ->
                                                        Stream.of(
                                                                        partner.address(),
                                                                        partner.approver())
                                                                .distinct()),
                                policy.nodes().stream().map(Node::address))
                        .toList();
        distinct("addresses and approvers of partners, addresses of nodes", addresses);
        addresses.stream()
                .filter(NOBODY::equals)
                .forEach(address -> add("%s: no key signs for this address", address));
        require(!policy.ledger().equals(NOBODY), "ledger: no contract is at %s", NOBODY);
        policy.recipients().stream()
                .filter(recipient -> !WindowSecrets.isUsable(recipient.hpkePublicKey()))
                .forEach(recipient -> add("%s: hpkePublicKey is of small order", recipient.name()));
        require(
                policy.suppliers().size() >= 2,
                "partners: at least two must supply events, got %d",
                policy.suppliers().size());
        require(
                2 * policy.quorum() > policy.nodes().size()
                        && policy.quorum() <= policy.nodes().size(),
                "quorum: must be more than half of %d nodes and at most all, got %d",
                policy.nodes().size(),
                policy.quorum());
    }

    private void times() {
        List<Long> lengths = policy.windowLengths();
        long shortest = lengths.get(0);
        divides("slice", policy.sliceMillis(), "the shortest window", shortest);
        lengths.forEach(
                length -> {
                    divides("the shortest window", shortest, "every window", length);
                    divides("a window", length, "epoch", policy.epochMillis());
                });
        // The longest one alone would let another window lie across the room's start or end: no
        // seal ever closes it, or the chain refuses it.
        lengths.forEach(
                length -> {
                    divides("a window", length, "start", policy.startMillis());
                    divides("a window", length, "end", policy.endMillis());
                });
        require(
                lengths.size() <= Seal.WINDOWS_MAX,
                "queries: at most %d lengths of windows fit into a seal, got %d",
                Seal.WINDOWS_MAX,
                lengths.size());
        // Otherwise events late in a slice are too early until it is sealed, and then they are
        // late.
        require(
                policy.maxAheadMillis() >= policy.sliceMillis(),
                "maxAhead: must be at least slice (%d ms), got %d ms",
                policy.sliceMillis(),
                policy.maxAheadMillis());
        require(policy.startMillis() < policy.endMillis(), "start: must be before end");
        require(
                policy.lastEpoch() - policy.firstEpoch() < Policy.EPOCHS_MAX,
                "epoch: a room must have at most %d epochs, got %d",
                Policy.EPOCHS_MAX,
                policy.lastEpoch() - policy.firstEpoch() + 1);
    }

    private void query(Query query) {
        if (query instanceof OverlapQuery overlap) {
            overlap(overlap);
        } else if (query instanceof AttributionQuery attribution) {
            attribution(attribution);
        }
    }

    private void overlap(OverlapQuery query) {
        suppliers(query, query.partners());
        require(
                query.partners().size() >= 2,
                "query %s: partners must be at least two",
                query.name());
        require(
                (query.exposing() == null) == (query.cells() == null),
                "query %s: exposing and the loss of cells go together",
                query.name());
        require(
                query.exposing() == null || query.partners().contains(query.exposing()),
                "query %s: exposing must be one of its partners",
                query.name());
        require(
                query.cellsPerWindow() <= policy.cells().size(),
                "query %s: cellsPerWindow must be at most the number of cells",
                query.name());
    }

    private void attribution(AttributionQuery query) {
        suppliers(query, query.exposures());
        suppliers(query, List.of(query.conversions()));
        long lookback = Math.max(query.clickLookbackMillis(), query.viewLookbackMillis());
        require(
                lookback <= policy.epochMillis(),
                "query %s: a look-back is longer than the epoch",
                query.name());
        require(
                (query.model() == AttributionModel.TIME_DECAY) == (query.halfLifeMillis() > 0),
                "query %s: halfLife is for TIME_DECAY",
                query.name());
        // A conversion of the next epoch counts under another token: one person would be two.
        require(
                query.converters() == null || policy.lookbackEpochs() == 0,
                "query %s: converters need lookbackEpochs 0",
                query.name());
        require(
                query.clickMinAgeMillis() <= query.clickLookbackMillis()
                        && query.viewMinAgeMillis() <= query.viewLookbackMillis(),
                "query %s: a minimum age is longer than its look-back",
                query.name());
    }

    private void suppliers(Query query, List<String> names) {
        distinct("query " + query.name() + ": partners", names);
        List<String> known = policy.suppliers().stream().map(Partner::name).toList();
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> add("query %s: %s supplies no events", query.name(), name));
        // Rows and hashes follow policy order; a query must not be able to ask for another.
        require(
                known.stream().filter(names::contains).toList().equals(names)
                        || !known.containsAll(names),
                "query %s: partners must stand in policy order",
                query.name());
    }

    private void divides(String what, long part, String whole, long length) {
        require(
                Math.floorMod(length, part) == 0,
                "%s (%d ms) must divide %s (%d ms)",
                what,
                part,
                whole,
                length);
    }

    private void distinct(String what, Collection<?> values) {
        Set<Object> seen = new HashSet<>();
        values.stream()
                .filter(value -> !seen.add(value))
                .forEach(value -> add("%s: %s stands twice", what, value));
    }

    @FormatMethod
    private void require(boolean condition, String format, Object... arguments) {
        if (!condition) {
            violations.add(String.format(format, arguments));
        }
    }

    @FormatMethod
    private void add(String format, Object... arguments) {
        violations.add(String.format(format, arguments));
    }
}
