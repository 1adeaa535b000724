package io.sealroom.partner.ceremony;

import io.sealroom.contracts.RoomConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Names every field in which a room on chain is not the policy's. */
public final class ConfigurationDifferences {

    private final List<String> found = new ArrayList<>();

    private ConfigurationDifferences() {}

    /** One text a field; none for equal ones. */
    public static List<String> of(RoomConfiguration policy, RoomConfiguration chain) {
        ConfigurationDifferences differences = new ConfigurationDifferences();
        differences.scalars(policy, chain);
        differences.lists(policy, chain);
        return List.copyOf(differences.found);
    }

    private void scalars(RoomConfiguration policy, RoomConfiguration chain) {
        compare("room", policy.room(), chain.room());
        compare("policyHash", policy.policyHash(), chain.policyHash());
        compare("start", policy.start(), chain.start());
        compare("end", policy.end(), chain.end());
        compare("epochMillis", policy.epochMillis(), chain.epochMillis());
        compare("quota", policy.quota(), chain.quota());
        compare("semantics", policy.semantics(), chain.semantics());
        compare("finalityDepth", policy.finalityDepth(), chain.finalityDepth());
        compare("quorum", policy.quorum(), chain.quorum());
        compare("ledger", policy.ledger(), chain.ledger());
    }

    private void lists(RoomConfiguration policy, RoomConfiguration chain) {
        compare("partners", policy.partners(), chain.partners(), ConfigurationDifferences::partner);
        compare("nodes", policy.nodes(), chain.nodes(), node -> List.of(new Field("", node)));
        compare("queries", policy.queries(), chain.queries(), ConfigurationDifferences::query);
    }

    private record Field(String name, Object value) {}

    private static List<Field> partner(RoomConfiguration.Partner partner) {
        return List.of(
                new Field(".id", partner.id()),
                new Field(".approver", partner.approver()),
                new Field(".signer", partner.signer()),
                new Field(".dataset", partner.dataset()));
    }

    private static List<Field> query(RoomConfiguration.Query query) {
        return List.of(
                new Field(".id", query.id()),
                new Field(".windowMillis", query.windowMillis()),
                new Field(".charge", query.charge()),
                new Field(".datasets", query.datasets()));
    }

    private <T> void compare(
            String name, List<T> policy, List<T> chain, Function<T, List<Field>> fields) {
        compare("number of " + name, policy.size(), chain.size());
        for (int i = 0; i < Math.min(policy.size(), chain.size()); i++) {
            List<Field> expected = fields.apply(policy.get(i));
            List<Field> there = fields.apply(chain.get(i));
            for (int j = 0; j < expected.size(); j++) {
                compare(
                        name + "[" + i + "]" + expected.get(j).name(),
                        expected.get(j).value(),
                        there.get(j).value());
            }
        }
    }

    private void compare(String field, Object policy, Object chain) {
        if (!policy.equals(chain)) {
            found.add(String.format("%s: policy %s, chain %s", field, policy, chain));
        }
    }
}
