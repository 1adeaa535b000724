package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLookup;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.ConfigurationDifferences;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.Query;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A room as the chain has it.
 *
 * @param found where, since when, and with which configuration
 * @param policy gives names to ids, if it is known
 * @param factory of the room's ledger
 * @param ofFactory whether that factory created the room
 * @param keys what each partner bound itself to; empty for one that has not approved
 * @param revealed whether each partner has revealed
 * @param active whether releases are taken
 * @param closesAt end of the last window that is taken
 * @param differences from the policy
 */
record RoomState(
        RoomLookup.Found found,
        Optional<Policy> policy,
        Account factory,
        boolean ofFactory,
        List<Optional<Word>> keys,
        List<Boolean> revealed,
        boolean active,
        long closesAt,
        List<String> differences)
        implements Printable {

    /** Asks the chain. */
    static RoomState read(
            Endpoint endpoint, Account contract, long fromBlock, Optional<Policy> policy)
            throws IOException {
        Optional<RoomConfiguration> expected = policy.map(RoomConfigurations::of);
        try (RoomLookup lookup = endpoint.lookup()) {
            RoomLookup.Found found = lookup.find(contract, fromBlock);
            try (RoomContract room = endpoint.room(found.location());
                    LedgerContract ledger =
                            endpoint.ledger(
                                    found.location().chainId(), found.configuration().ledger())) {
                List<Optional<Word>> keys = new ArrayList<>();
                List<Boolean> revealed = new ArrayList<>();
                for (int i = 0; i < found.configuration().partners().size(); i++) {
                    keys.add(room.keysCommitment(i));
                    revealed.add(room.revealed(i));
                }
                Account factory = ledger.factory();
                return new RoomState(
                        found,
                        policy,
                        factory,
                        lookup.isRoom(factory, contract),
                        keys,
                        revealed,
                        room.active(),
                        room.closesAt(),
                        expected.map(c -> ConfigurationDifferences.of(c, found.configuration()))
                                .orElse(List.of()));
            }
        }
    }

    private RoomConfiguration configuration() {
        return found.configuration();
    }

    private @Nullable String partnerName(Word id) {
        return policy.flatMap(
                        known ->
                                known.partners().stream()
                                        .map(Partner::name)
                                        .filter(name -> RoomDigests.id(name).equals(id))
                                        .findFirst())
                .orElse(null);
    }

    private @Nullable String queryName(Word id) {
        return policy.flatMap(
                        known ->
                                known.queries().stream()
                                        .filter(
                                                query ->
                                                        RoomConfigurations.word(query.id())
                                                                .equals(id))
                                        .map(Query::name)
                                        .findFirst())
                .orElse(null);
    }

    private static String named(@Nullable String name, Word id) {
        return name == null ? id.toString() : name;
    }

    @Override
    public List<String> lines() {
        RoomConfiguration c = configuration();
        List<String> lines = new ArrayList<>();
        lines.add("contract       " + found.location().contract());
        lines.add("chain id       " + found.location().chainId());
        lines.add("created in     block " + found.block());
        lines.add("policy hash    " + found.location().policyHash());
        lines.add("configuration  " + RoomDigests.configurationHash(c));
        lines.add("ledger         " + c.ledger());
        lines.add(
                String.format(
                        "factory        %s (%s)",
                        factory, ofFactory ? "created this room" : "DID NOT create this room"));
        lines.add("state          " + state());
        lines.add("from           " + Instant.ofEpochMilli(c.start()));
        lines.add("to             " + Instant.ofEpochMilli(c.end()));
        lines.add("closes at      " + Instant.ofEpochMilli(closesAt));
        lines.add(
                String.format(
                        "epochs         %d to %d of %s",
                        c.firstEpoch(), c.lastEpoch(), Duration.ofMillis(c.epochMillis())));
        lines.add("quorum         " + c.quorum() + " of " + c.nodes().size());
        c.nodes().forEach(node -> lines.add("node           " + node));
        for (int i = 0; i < c.partners().size(); i++) {
            RoomConfiguration.Partner partner = c.partners().get(i);
            lines.add(
                    String.format(
                            "partner        %s: %s, %s; approver %s, signer %s",
                            named(partnerName(partner.id()), partner.id()),
                            keys.get(i).isPresent() ? "approved" : "NOT approved",
                            revealed.get(i) ? "revealed" : "NOT revealed",
                            partner.approver(),
                            partner.signer()));
        }
        for (RoomConfiguration.Query query : c.queries()) {
            lines.add(
                    String.format(
                            "query          %s: windows of %s, %d micro-rho an epoch",
                            named(queryName(query.id()), query.id()),
                            Duration.ofMillis(query.windowMillis()),
                            query.charge()));
        }
        if (policy.isPresent()) {
            lines.add("policy         " + (differences.isEmpty() ? "the same" : "DIFFERS"));
            differences.forEach(difference -> lines.add("  " + difference));
        }
        return lines;
    }

    private String state() {
        if (active) {
            return "active";
        }
        return keys.stream().allMatch(Optional::isPresent)
                ? "waits for keys"
                : "waits for approvals";
    }

    @Override
    public ObjectNode json() {
        RoomConfiguration c = configuration();
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("contract", found.location().contract().hex())
                        .put("chainId", found.location().chainId())
                        .put("block", found.block())
                        .put("policyHash", found.location().policyHash().toString())
                        .put("configurationHash", RoomDigests.configurationHash(c).toString())
                        .put("ledger", c.ledger().hex())
                        .put("factory", factory.hex())
                        .put("ofFactory", ofFactory)
                        .put("active", active)
                        .put("start", Instant.ofEpochMilli(c.start()).toString())
                        .put("end", Instant.ofEpochMilli(c.end()).toString())
                        .put("closesAt", Instant.ofEpochMilli(closesAt).toString())
                        .put("firstEpoch", c.firstEpoch())
                        .put("lastEpoch", c.lastEpoch())
                        .put("epochMillis", c.epochMillis())
                        .put("quota", c.quota())
                        .put("semantics", c.semantics())
                        .put("finalityDepth", c.finalityDepth())
                        .put("quorum", c.quorum());
        ArrayNode nodes = node.putArray("nodes");
        c.nodes().forEach(account -> nodes.add(account.hex()));
        partners(node.putArray("partners"));
        ArrayNode queries = node.putArray("queries");
        for (RoomConfiguration.Query query : c.queries()) {
            queries.addObject()
                    .put("name", queryName(query.id()))
                    .put("id", query.id().toString())
                    .put("windowMillis", query.windowMillis())
                    .put("charge", query.charge());
        }
        if (policy.isPresent()) {
            differences.forEach(node.putArray("differences")::add);
        }
        return node;
    }

    private void partners(ArrayNode array) {
        List<RoomConfiguration.Partner> partners = configuration().partners();
        for (int i = 0; i < partners.size(); i++) {
            RoomConfiguration.Partner partner = partners.get(i);
            array.addObject()
                    .put("name", partnerName(partner.id()))
                    .put("id", partner.id().toString())
                    .put("approver", partner.approver().hex())
                    .put("signer", partner.signer().hex())
                    .put("dataset", partner.supplies() ? partner.dataset().toString() : null)
                    .put("approved", keys.get(i).isPresent())
                    .put("keys", keys.get(i).map(Word::toString).orElse(null))
                    .put("revealed", revealed.get(i));
        }
    }
}
