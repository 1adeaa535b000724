package io.sealroom.partner.room;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A publisher with two partitions, an advertiser with one and a node, with fresh keys: three hours
 * from {@link #START}, slices of ten minutes, windows of one and three hours.
 */
public final class TestRoom {

    public static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    public static final long SLICE = 600_000;
    public static final long HOUR = 3_600_000;
    public static final long END = START + 3 * HOUR;

    private static final Address CONTRACT =
            new Address("0x5fbdb2315678afecb367f032d93f642f64180aa3");

    private final PartnerKeys publisher;
    private final PartnerKeys advertiser;
    private final PartnerKeys notary;
    private final NodeKeys node;
    private final String policyText;
    private final Policy policy;
    private final RoomFile roomFile;

    private TestRoom(String room, String mode, boolean withNotary) {
        SecureRandom random = new SecureRandom();
        publisher = PartnerKeys.generate("publisher", random);
        advertiser = PartnerKeys.generate("advertiser", random);
        notary = PartnerKeys.generate("notary", random);
        node = NodeKeys.generate("node-one", random);
        policyText =
                """
                room: %s
                mode: %s
                start: 2026-01-05T00:00:00Z
                end: 2026-01-05T03:00:00Z
                slice: PT10M
                epoch: P28D
                grace: PT10S
                region: US
                quota: 200000
                ledger: "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512"
                partners:
                  - {name: publisher, address: "%s", partitions: 2}
                  - {name: advertiser, address: "%s", partitions: 1}%s
                nodes:
                  - {name: node-one, address: "%s", hpkePublicKey: "%s"}
                cells: [news, sports]
                queries:
                  - name: hourly
                    type: overlap
                    identifierKind: EMAIL
                    window: PT1H
                    partners: [publisher, advertiser]
                    windowsPerEpoch: 24
                    threshold: 50
                    epsilon: {total: "2"}
                  - name: all
                    type: overlap
                    identifierKind: EMAIL
                    window: PT3H
                    partners: [publisher, advertiser]
                    windowsPerEpoch: 8
                    threshold: 50
                    epsilon: {total: "2"}
                """
                        .formatted(
                                room,
                                mode,
                                publisher.address(),
                                advertiser.address(),
                                withNotary
                                        ? "\n  - {name: notary, address: \"%s\", partitions: 0}"
                                                .formatted(notary.address())
                                        : "",
                                node.address(),
                                node.hpkePublicKey());
        try {
            policy = PolicyFile.parse(policyText);
        } catch (PolicyException e) {
            throw new IllegalStateException(e);
        }
        SortedMap<String, SortedMap<Long, Bytes>> oprfKeys = new TreeMap<>();
        oprfKeys.put("publisher", RoomKeys.publicKeys(policy, publisher));
        oprfKeys.put("advertiser", RoomKeys.publicKeys(policy, advertiser));
        if (withNotary) {
            oprfKeys.put("notary", RoomKeys.publicKeys(policy, notary));
        }
        roomFile = new RoomFile(31337, CONTRACT, 1, oprfKeys);
    }

    public static TestRoom file(String room) {
        return new TestRoom(room, "file", false);
    }

    /** With a third partner that only evaluates. */
    public static TestRoom withNotary(String room) {
        return new TestRoom(room, "file", true);
    }

    public static TestRoom live(String room) {
        return new TestRoom(room, "live", false);
    }

    public Policy policy() {
        return policy;
    }

    public RoomFile roomFile() {
        return roomFile;
    }

    public RoomIdentity identity() {
        return roomFile.identity(policy);
    }

    public NodeKeys node() {
        return node;
    }

    public PartnerKeys keys(String partner) {
        return switch (partner) {
            case "publisher" -> publisher;
            case "advertiser" -> advertiser;
            default -> notary;
        };
    }

    public Membership member(String partner) {
        try {
            return Membership.of(policy, roomFile, keys(partner), partner);
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    public RoomKeys roomKeys(String partner) {
        try {
            return RoomKeys.of(member(partner));
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes {@code policy.yaml}, {@code room.json} and {@code <partner>.json}. */
    public void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("policy.yaml"), policyText);
        Files.writeString(directory.resolve("room.json"), roomFile.toJson());
        publisher.write(directory.resolve("publisher.json"));
        advertiser.write(directory.resolve("advertiser.json"));
        notary.write(directory.resolve("notary.json"));
    }
}
