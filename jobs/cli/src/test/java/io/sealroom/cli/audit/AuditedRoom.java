package io.sealroom.cli.audit;

import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.verify.RoomSource;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ActionOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.NodeSignature;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.contracts.WindowOffer;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.Digests;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.policy.RoomFile;
import io.sealroom.schemas.record.BlindedEvent;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.streaming.testing.TestingKeys;
import io.sealroom.streaming.testing.TestingPartner;
import io.sealroom.streaming.testing.TestingRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A room of four hours with an overlap by the hour and an attribution by two: its files, its
 * scripted partners, and a contract that takes what its node signs.
 */
final class AuditedRoom implements RoomSource {

    static final String AUDITOR = "auditor-one";
    static final String NODE = "node-one";

    private final TestingRoom room;
    private final Map<String, TestingPartner> partners = new TreeMap<>();
    private final InMemoryRoom contract;
    private final Path directory;

    AuditedRoom(String name, Path directory) throws IOException {
        UnaryOperator<String> change = yaml -> yaml.replace("small-room", name);
        this.room = TestingRoom.small(change);
        this.directory = Files.createDirectories(directory.resolve(name));
        this.contract =
                InMemoryRoom.active(
                        room.identity().chainId(),
                        new Account(room.identity().contract().hex()),
                        RoomConfigurations.of(policy()));
        policy().suppliers().forEach(p -> partners.put(p.name(), room.partner(p.name())));
        Files.writeString(policyFile(), keyed(change));
        Files.writeString(
                roomFile(),
                new RoomFile(
                                room.identity().chainId(),
                                room.identity().contract(),
                                0,
                                Collections.emptySortedMap())
                        .toJson());
        writeKeys(keys(AUDITOR), "auditor", AUDITOR, Map.of("hpkePrivateKey", key(AUDITOR, false)));
        writeKeys(
                keys(NODE),
                "node",
                NODE,
                Map.of("chainKey", key(NODE, true), "hpkePrivateKey", key(NODE, false)));
    }

    /** The policy's file, which must be the scripted room's. */
    private String keyed(UnaryOperator<String> change) throws IOException {
        String keyed = TestingRoom.smallFile(change);
        try {
            if (!PolicyFile.parse(keyed).hash().equals(policy().hash())) {
                throw new IOException("the file must be the scripted room's policy");
            }
        } catch (PolicyException e) {
            throw new IOException(e);
        }
        return keyed;
    }

    private static String key(String name, boolean chain) {
        return Bytes.of(chain ? TestingKeys.chainKey(name) : TestingKeys.hpkeKey(name)).toHex();
    }

    private static void writeKeys(Path file, String role, String name, Map<String, String> keys)
            throws IOException {
        StringBuilder json =
                new StringBuilder(
                        String.format(
                                "{\"version\": 1, \"role\": \"%s\", \"name\": \"%s\"", role, name));
        keys.forEach((field, key) -> json.append(String.format(", \"%s\": \"%s\"", field, key)));
        Files.writeString(file, json.append("}"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    Policy policy() {
        return room.policy();
    }

    RoomFile file() throws IOException {
        return RoomFile.read(roomFile());
    }

    Path policyFile() {
        return directory.resolve("policy.yaml");
    }

    Path roomFile() {
        return directory.resolve("room.json");
    }

    Path keys(String name) {
        return directory.resolve(name + ".json");
    }

    InMemoryRoom contract() {
        return contract;
    }

    TestingPartner partner(String name) {
        TestingPartner partner = partners.get(name);
        if (partner == null) {
            throw new IllegalArgumentException("no partner " + name);
        }
        return partner;
    }

    long minute(long minutes) {
        return room.minute(minutes);
    }

    /** Twenty people view and convert in every hour up to this one, and all of it is sealed. */
    void write(String name, int hours) {
        TestingPartner partner = partner(name);
        for (int hour = 0; hour < hours; hour++) {
            for (int person = 0; person < 20; person++) {
                long time = minute(60L * hour + person);
                BlindedEvent event =
                        name.equals("publisher")
                                ? partner.events().view("p" + person, time, "news")
                                : partner.events().conversion("p" + person, time + 1, 500);
                partner.write(person % partner.partitions(), event);
            }
            partner.sealAll(minute(60L * (hour + 1)));
        }
    }

    /** Brings a release that the node signed; gives what became of it. */
    PublishOutcome publish(ReleaseDocument document) {
        ChainSigner node =
                ChainSigner.fromHex(HexFormat.of().formatHex(TestingKeys.chainKey(NODE)));
        ReleaseOffer release =
                new ReleaseOffer(
                        word(document.queryId()),
                        document.rows().size(),
                        word(document.root()),
                        word(document.mechanismsHash()),
                        word(document.releaseHash()));
        Word digest =
                RoomDigests.releases(
                        contract.location(),
                        document.start(),
                        document.end(),
                        List.of(release.signed()));
        WindowOffer offer =
                new WindowOffer(
                        document.start(),
                        document.end(),
                        document.totals().stream()
                                .map(
                                        entry ->
                                                new TotalsOffer(
                                                        word(entry.commitment()),
                                                        Signature.of(entry.signature().toBytes())))
                                .toList(),
                        List.of(release),
                        List.of(new NodeSignature(node.account(), node.sign(digest))));
        return contract.publish(offer).get(0);
    }

    /** From now on the publisher's data set pays for no further query. */
    void exhaustBudget() throws IOException {
        Account owner = new Account(TestingKeys.address("publisher").hex());
        Word name = word(Digests.id("publisher"));
        var ledger = contract.chain().ledger(owner);
        long spent =
                ledger.grant(RoomDigests.dataset(owner, name), contract.location().contract())
                        .spent();
        ActionOutcome outcome =
                ledger.allow(
                        name, contract.location().contract(), contract.configurationHash(), spent);
        if (!(outcome instanceof ActionOutcome.Recorded)) {
            throw new IOException("allow: " + outcome);
        }
    }

    @Override
    public RoomContract open(Endpoint endpoint, RoomLocation location) {
        return contract.chain().room(location);
    }

    @Override
    public List<RoomConfiguration.Partner> partners(Endpoint endpoint, Account address) {
        return RoomConfigurations.of(policy()).partners();
    }

    static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }
}
