package io.sealroom.streaming.testing;

import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Auditor;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A room whose partners, nodes and auditors have the {@link TestingKeys} of their names.
 *
 * @param policy with the addresses and public keys of those keys
 * @param identity of the policy, on a chain and at a contract that do not exist
 */
public record TestingRoom(Policy policy, RoomIdentity identity) {

    private static final long CHAIN_ID = 31337;
    private static final Address CONTRACT =
            new Address("0x5ea1000000000000000000000000000000005ea1");
    private static final String PLACEHOLDER_KEY =
            "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    private static final String SMALL =
            """
            room: small-room
            mode: file
            start: 2026-01-05T00:00:00Z
            end: 2026-01-05T04:00:00Z
            slice: PT10M
            epoch: P28D
            maxAhead: PT1H
            quota: 1000
            ledger: "0x0000000000000000000000000000000000000005"
            partners:
              - {name: publisher, address: "0x0000000000000000000000000000000000000001", partitions: 2}
              - {name: advertiser, address: "0x0000000000000000000000000000000000000002", partitions: 1}
            nodes:
              - name: node-one
                address: "0x0000000000000000000000000000000000000003"
                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
            auditors:
              - name: auditor-one
                hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
            cells: [news, sports]
            queries:
              - name: email-overlap
                type: overlap
                identifierKind: EMAIL
                window: PT1H
                partners: [publisher, advertiser]
                exposing: publisher
                windowsPerEpoch: 24
                cellsPerWindow: 2
                threshold: 2
                epsilon: {total: "2", reach: "2", cells: "2"}
              - name: email-last-touch
                type: attribution
                identifierKind: EMAIL
                window: PT2H
                model: LAST_TOUCH
                exposures: [publisher]
                conversions: advertiser
                viewLookback: P1D
                clickLookback: P1D
                conversionsPerEpoch: 2
                valueMax: 20000
                threshold: 2
                epsilon: {count: "1", value: "1"}
            """;

    /**
     * Four hours from 2026-01-05T00:00Z in slices of ten minutes; publisher with two partitions,
     * advertiser with one; cells news and sports; windows of one hour (overlap) and two
     * (attribution); one node, one auditor.
     */
    public static TestingRoom small() {
        return parse(SMALL);
    }

    /** The small room with its policy file's text changed: another name, window or query. */
    public static TestingRoom small(UnaryOperator<String> change) {
        return parse(change.apply(SMALL));
    }

    /**
     * The text of {@link #small(UnaryOperator)}'s policy file as commands read it: with the
     * addresses and public keys that the room gives its parties.
     */
    public static String smallFile(UnaryOperator<String> change) {
        String text = change.apply(SMALL);
        for (String recipient : List.of("node-one", "auditor-one")) {
            text = text.replaceFirst(PLACEHOLDER_KEY, TestingKeys.hpkePublicKey(recipient).toHex());
        }
        List<String> signers = List.of("publisher", "advertiser", "node-one");
        for (int i = 0; i < signers.size(); i++) {
            text =
                    text.replace(
                            String.format("0x%040d", i + 1),
                            TestingKeys.address(signers.get(i)).hex());
        }
        return text;
    }

    /** The room of a policy file; addresses and public keys in it are replaced. */
    public static TestingRoom parse(String yaml) {
        try {
            return of(PolicyFile.parse(yaml));
        } catch (PolicyException e) {
            throw new IllegalArgumentException("the test's policy must be valid", e);
        }
    }

    /** The room of a policy; its addresses and public keys are replaced. */
    public static TestingRoom of(Policy policy) {
        Policy keyed = keyed(policy);
        return new TestingRoom(
                keyed, new RoomIdentity(CHAIN_ID, CONTRACT, keyed.room(), keyed.hash()));
    }

    /** A fresh scripted partner of this room. */
    public TestingPartner partner(String name) {
        return new TestingPartner(this, name);
    }

    /** The room's start plus some minutes: most tests count like that. */
    public long minute(long minutes) {
        return policy.startMillis() + minutes * 60_000;
    }

    private static Policy keyed(Policy p) {
        return new Policy(
                p.room(),
                p.semantics(),
                p.mode(),
                p.startMillis(),
                p.endMillis(),
                p.sliceMillis(),
                p.epochMillis(),
                p.maxAheadMillis(),
                p.graceMillis(),
                p.lookbackEpochs(),
                p.region(),
                p.finalityDepth(),
                p.pendingAlarmMillis(),
                p.quota(),
                p.quorum(),
                p.ledger(),
                p.partners().stream()
                        .map(
                                x ->
                                        new Partner(
                                                x.name(),
                                                TestingKeys.address(x.name()),
                                                TestingKeys.address(x.name()),
                                                x.dataset(),
                                                x.partitions()))
                        .toList(),
                p.nodes().stream()
                        .map(
                                x ->
                                        new Node(
                                                x.name(),
                                                TestingKeys.address(x.name()),
                                                TestingKeys.hpkePublicKey(x.name())))
                        .toList(),
                p.auditors().stream()
                        .map(x -> new Auditor(x.name(), TestingKeys.hpkePublicKey(x.name())))
                        .toList(),
                p.cells(),
                p.queries());
    }
}
