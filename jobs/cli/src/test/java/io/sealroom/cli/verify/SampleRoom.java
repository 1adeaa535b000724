package io.sealroom.cli.verify;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.ApproveOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.NodeSignature;
import io.sealroom.contracts.PublishOutcome;
import io.sealroom.contracts.ReleaseOffer;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDeployer;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.TotalsOffer;
import io.sealroom.contracts.Word;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import io.sealroom.schemas.release.Release;
import io.sealroom.schemas.release.ReleaseDocument;
import io.sealroom.schemas.release.ReleaseJson;
import io.sealroom.schemas.release.ReleaseJsonException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The room of the committed sample: {@code sample-policy.yaml} names its parties, {@code
 * sample-release.jsonl} has its releases. It is deployed by the first development account of a
 * fresh test chain, so that its address, which is in every hash, is always the same.
 */
final class SampleRoom {

    static final long CHAIN_ID = 31_337;
    static final ChainSigner DEPLOYER =
            ChainSigner.fromHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    static final Account CONTRACT = RoomDeployer.address(DEPLOYER.account(), 0);
    static final List<ChainSigner> PARTNERS = List.of(signer("22"), signer("33"));
    static final ChainSigner NODE = signer("44");

    private SampleRoom() {}

    private static ChainSigner signer(String equalBytes) {
        return ChainSigner.fromHex(equalBytes.repeat(32));
    }

    static Path policyFile() {
        return resource("sample-policy.yaml");
    }

    static Path releasesFile() {
        return resource("sample-release.jsonl");
    }

    static Policy policy() {
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

    static List<Release> releases() throws ReleaseJsonException {
        List<Release> releases = new ArrayList<>();
        for (String line : lines()) {
            releases.add(ReleaseJson.parse(line, releases.size() + 1));
        }
        return releases;
    }

    static RoomLocation location() {
        return new RoomLocation(CHAIN_ID, CONTRACT, word(policy().hash()));
    }

    static RoomConfiguration configuration() {
        Policy policy = policy();
        return new RoomConfiguration(
                RoomDigests.id(policy.room()),
                word(policy.hash()),
                policy.startMillis(),
                policy.endMillis(),
                policy.semantics(),
                policy.finalityDepth(),
                policy.quorum(),
                policy.partners().stream()
                        .map(
                                partner ->
                                        new RoomConfiguration.Partner(
                                                RoomDigests.id(partner.name()),
                                                new Account(partner.address().hex()),
                                                partner.supplies()))
                        .toList(),
                policy.nodes().stream().map(node -> new Account(node.address().hex())).toList(),
                policy.queries().stream()
                        .map(
                                query ->
                                        new RoomConfiguration.Query(
                                                word(query.id()), query.windowMillis()))
                        .toList());
    }

    /** Brings the approvals and the sample's releases. */
    static void fill(RoomContract room) throws ReleaseJsonException {
        Word configuration = RoomDigests.configurationHash(configuration());
        for (int i = 0; i < PARTNERS.size(); i++) {
            Signature approval =
                    PARTNERS.get(i).sign(RoomDigests.approval(location(), configuration));
            if (!(room.approve(i, approval) instanceof ApproveOutcome.Approved)) {
                throw new AssertionError("approval of partner " + i);
            }
        }
        for (Release release : releases()) {
            PublishOutcome outcome = room.publish(offer(release));
            if (!(outcome instanceof PublishOutcome.Accepted)) {
                throw new AssertionError("publish: " + outcome);
            }
        }
    }

    private static ReleaseOffer offer(Release release) {
        ReleaseDocument document = release.pending().document();
        Word query = word(document.queryId());
        Word hash = word(document.releaseHash());
        Word digest =
                RoomDigests.release(location(), query, document.start(), document.end(), hash);
        return new ReleaseOffer(
                query,
                document.start(),
                document.end(),
                document.rows().size(),
                word(document.root()),
                word(document.mechanismsHash()),
                hash,
                document.totals().stream()
                        .map(
                                entry ->
                                        new TotalsOffer(
                                                word(entry.commitment()),
                                                Signature.of(entry.signature().toBytes())))
                        .toList(),
                List.of(new NodeSignature(NODE.account(), NODE.sign(digest))));
    }

    static Word word(Bytes32 bytes) {
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
