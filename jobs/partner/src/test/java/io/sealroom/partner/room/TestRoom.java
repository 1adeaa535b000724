package io.sealroom.partner.room;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.partner.ceremony.RoomPublicKeys;
import io.sealroom.partner.ceremony.UnusableKeysException;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.privacy.oprf.EpochKeys;
import io.sealroom.privacy.oprf.EpochSeed;
import io.sealroom.privacy.secret.NodeKeys;
import io.sealroom.privacy.secret.OprfSeedFile;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.privacy.secret.StoredSeed;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.RoomIdentity;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A publisher with two partitions, an advertiser with one and a node, with fresh keys: three hours
 * from {@link #START}, slices of ten minutes, windows of one and three hours. It is the first room
 * of the factory that the first development account of a fresh test chain deploys before its
 * ledger.
 */
public final class TestRoom {

    public static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    public static final long SLICE = 600_000;
    public static final long HOUR = 3_600_000;
    public static final long END = START + 3 * HOUR;

    private static final Account FACTORY =
            new Account("0x5fbdb2315678afecb367f032d93f642f64180aa3");
    private static final Address CONTRACT = new Address(ChainDeployer.address(FACTORY, 1).hex());

    private final PartnerKeys publisher;
    private final PartnerKeys advertiser;
    private final PartnerKeys notary;
    private final NodeKeys node;
    private final Map<String, StoredSeed.Unbound> seeds;
    private final String policyText;
    private final Policy policy;
    private final RoomFile roomFile;

    private TestRoom(String room, String mode, boolean withNotary, int epochs) {
        SecureRandom random = new SecureRandom();
        publisher = PartnerKeys.generate("publisher", random);
        advertiser = PartnerKeys.generate("advertiser", random);
        notary = PartnerKeys.generate("notary", random);
        node = NodeKeys.generate("node-one", random);
        seeds =
                Map.of(
                        "publisher", StoredSeed.generate("publisher", random),
                        "advertiser", StoredSeed.generate("advertiser", random),
                        "notary", StoredSeed.generate("notary", random));
        String text =
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
        policyText =
                epochs == 1
                        ? text
                        : text.replace("epoch: P28D", "epoch: PT3H")
                                .replace(
                                        "end: 2026-01-05T03:00:00Z",
                                        "end: " + Instant.ofEpochMilli(START + 3 * HOUR * epochs))
                                .replace("windowsPerEpoch: 24", "windowsPerEpoch: 3")
                                .replace("windowsPerEpoch: 8", "windowsPerEpoch: 1");
        try {
            policy = PolicyFile.parse(policyText);
        } catch (PolicyException e) {
            throw new IllegalStateException(e);
        }
        roomFile = new RoomFile(31337, CONTRACT, 1, publicKeys().encoded());
    }

    public static TestRoom file(String room) {
        return new TestRoom(room, "file", false, 1);
    }

    /** With a third partner that only evaluates. */
    public static TestRoom withNotary(String room) {
        return new TestRoom(room, "file", true, 1);
    }

    public static TestRoom live(String room) {
        return new TestRoom(room, "live", false, 1);
    }

    /** Several epochs, of three hours each. */
    public static TestRoom liveEpochs(String room, int epochs) {
        return new TestRoom(room, "live", false, epochs);
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

    /** All shares of a partner, fresh at every call. */
    public EpochKeys shares(String partner) {
        byte[] seed = Objects.requireNonNull(seeds.get(partner)).seed().openSecret();
        return EpochKeys.of(
                policy.room(),
                new EpochSeed(policy.firstEpoch(), SecretBytes.copyOf(seed)),
                policy.lastEpoch());
    }

    /** What a complete ceremony gives. */
    public RoomPublicKeys publicKeys() {
        try {
            return RoomPublicKeys.of(
                    policy,
                    policy.partners().stream()
                            .map(Partner::name)
                            .map(name -> shares(name).publicKeys())
                            .toList());
        } catch (UnusableKeysException e) {
            throw new IllegalStateException(e);
        }
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
            return RoomKeys.of(member(partner), publicKeys(), shares(partner));
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes {@code policy.yaml}, {@code room.json}, {@code <partner>.json} and {@code
     * oprf-<partner>.json}.
     */
    public void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("policy.yaml"), policyText);
        Files.writeString(directory.resolve("room.json"), roomFile.toJson());
        publisher.write(directory.resolve("publisher.json"));
        advertiser.write(directory.resolve("advertiser.json"));
        notary.write(directory.resolve("notary.json"));
        for (String partner : seeds.keySet()) {
            writeSeed(partner, directory.resolve("oprf-" + partner + ".json"));
        }
    }

    /** Writes a fresh seed file. */
    public void writeSeed(String partner, Path file) throws IOException {
        OprfSeedFile.create(file, Objects.requireNonNull(seeds.get(partner)));
    }
}
