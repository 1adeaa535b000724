package io.sealroom.cli.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
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
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The room of the committed sample: {@code sample-policy.yaml} names its parties, {@code
 * sample-release.jsonl} has its releases. It is the first room of the factory that the first
 * development account of a fresh test chain deploys before its ledger, so that its address, which
 * is in every hash, is always the same.
 */
public final class SampleRoom {

    public static final long CHAIN_ID = 31_337;
    public static final ChainSigner DEPLOYER =
            ChainSigner.fromHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    public static final Account FACTORY = ChainDeployer.address(DEPLOYER.account(), 0);
    public static final Account LEDGER = ChainDeployer.address(DEPLOYER.account(), 1);
    public static final Account CONTRACT = ChainDeployer.address(FACTORY, 1);
    private static final List<String> EQUAL_BYTES = List.of("22", "33");
    public static final List<ChainSigner> PARTNERS =
            EQUAL_BYTES.stream().map(SampleRoom::signer).toList();
    public static final ChainSigner NODE = signer("44");

    private SampleRoom() {}

    private static ChainSigner signer(String equalBytes) {
        return ChainSigner.fromHex(equalBytes.repeat(32));
    }

    public static Path policyFile() {
        return resource("sample-policy.yaml");
    }

    public static Path releasesFile() {
        return resource("sample-release.jsonl");
    }

    public static Policy policy() {
        try {
            return PolicyFile.read(policyFile());
        } catch (IOException | PolicyException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> lines() {
        try {
            return Files.readAllLines(releasesFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static List<Release> releases() throws ReleaseJsonException {
        List<Release> releases = new ArrayList<>();
        for (String line : lines()) {
            releases.add(ReleaseJson.parse(line, releases.size() + 1));
        }
        return releases;
    }

    public static RoomLocation location() {
        return new RoomLocation(CHAIN_ID, CONTRACT, word(policy().hash()));
    }

    public static RoomConfiguration configuration() {
        return RoomConfigurations.of(policy());
    }

    /** Brings the sample's releases to a room that is active. */
    public static void publish(RoomContract room) throws ReleaseJsonException {
        for (WindowOffer offer : offers()) {
            for (PublishOutcome outcome : room.publish(offer)) {
                if (!(outcome instanceof PublishOutcome.Accepted)) {
                    throw new AssertionError("publish: " + outcome);
                }
            }
        }
    }

    /** One offer a window. */
    public static List<WindowOffer> offers() throws ReleaseJsonException {
        Map<Long, List<ReleaseDocument>> byStart = new TreeMap<>();
        for (Release release : releases()) {
            ReleaseDocument document = release.pending().document();
            byStart.computeIfAbsent(document.start(), start -> new ArrayList<>()).add(document);
        }
        return byStart.values().stream().map(SampleRoom::offer).toList();
    }

    private static WindowOffer offer(List<ReleaseDocument> documents) {
        ReleaseDocument first = documents.get(0);
        List<ReleaseOffer> releases = documents.stream().map(SampleRoom::release).toList();
        Word digest =
                RoomDigests.releases(
                        location(),
                        first.start(),
                        first.end(),
                        releases.stream().map(ReleaseOffer::signed).toList());
        return new WindowOffer(
                first.start(),
                first.end(),
                first.totals().stream()
                        .map(
                                entry ->
                                        new TotalsOffer(
                                                word(entry.commitment()),
                                                Signature.of(entry.signature().toBytes())))
                        .toList(),
                releases,
                List.of(new NodeSignature(NODE.account(), NODE.sign(digest))));
    }

    private static ReleaseOffer release(ReleaseDocument document) {
        return new ReleaseOffer(
                word(document.queryId()),
                document.rows().size(),
                word(document.root()),
                word(document.mechanismsHash()),
                word(document.releaseHash()));
    }

    /**
     * Writes the key file of a partner, made of the equal bytes that its address has in the policy,
     * and a fresh seed file of the same beside it.
     */
    public static Path partnerKeys(int partner, Path directory) {
        String secret = "0x" + EQUAL_BYTES.get(partner).repeat(32);
        String name = policy().partners().get(partner).name();
        ObjectNode seed =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", 1)
                        .put("role", "oprf-seed")
                        .put("name", name)
                        .putNull("room")
                        .putNull("epoch")
                        .put("seed", secret);
        write(KeyGeneration.seedFile(directory, name), seed);
        ObjectNode file =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("version", 1)
                        .put("role", "partner")
                        .put("name", name);
        for (String field : List.of("chainKey", "noiseSeed", "eventKey")) {
            file.put(field, secret);
        }
        return write(directory.resolve("partner-" + partner + ".json"), file);
    }

    private static Path write(Path path, ObjectNode file) {
        try {
            Files.writeString(path, file.toString());
            return Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Word word(Bytes32 bytes) {
        return Word.of(bytes.toBytes());
    }

    private static Path resource(String name) {
        try {
            return Path.of(SampleRoom.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
