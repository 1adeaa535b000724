package io.sealroom.local.stack;

import io.sealroom.contracts.ApproveOutcome;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomDeployer;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.partner.room.RoomKeys;
import io.sealroom.pipeline.RoomConfigurations;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.privacy.secret.PartnerKeys;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A room opened on a chain: contract deployed, all partners' approvals given, OPRF public keys
 * collected.
 *
 * @param policy the room's policy
 * @param policyFile where it was read from
 * @param room where it lives
 * @param roomFile the same as a file, for agents and jobs
 * @param keys directory of the key files
 */
public record LocalRoom(Policy policy, Path policyFile, RoomFile room, Path roomFile, Path keys) {

    /**
     * Deploys, approves, writes {@code room.json}.
     *
     * @param rpcUrl chain endpoint
     * @param deployerKey private key of a funded account, hex; with a fresh chain the contract's
     *     address follows from it
     * @param policyFile the policy's file
     * @param policy its content
     * @param keys directory with the key file of every partner
     * @param directory where room.json goes
     * @throws IOException if a key file is missing or not the policy's, or the chain does not take
     *     it
     */
    public static LocalRoom open(
            String rpcUrl,
            String deployerKey,
            Path policyFile,
            Policy policy,
            Path keys,
            Path directory)
            throws IOException {
        ChainSigner deployer = ChainSigner.fromHex(deployerKey);
        RoomConfiguration configuration = RoomConfigurations.of(policy);
        RoomLocation location = RoomDeployer.deploy(rpcUrl, deployer, configuration);
        SortedMap<String, SortedMap<Long, Bytes>> oprfKeys = new TreeMap<>();
        try (RoomContract contract =
                Web3jRoom.connect(RoomEndpoint.of(rpcUrl, location, deployer))) {
            List<Partner> partners = policy.partners();
            for (int i = 0; i < partners.size(); i++) {
                PartnerKeys partnerKeys = read(keys, partners.get(i));
                approve(contract, i, partnerKeys, configuration);
                oprfKeys.put(partners.get(i).name(), RoomKeys.publicKeys(policy, partnerKeys));
            }
            RoomFile room =
                    new RoomFile(
                            location.chainId(),
                            new Address(location.contract().hex()),
                            0,
                            oprfKeys);
            Path roomFile = directory.resolve("room.json");
            Files.writeString(roomFile, room.toJson(), StandardCharsets.UTF_8);
            return new LocalRoom(policy, policyFile, room, roomFile, keys);
        }
    }

    /** Key file of a partner. */
    public Path partnerKeys(String partner) {
        return KeyGeneration.partnerFile(keys, partner);
    }

    /** Key file of a node. */
    public Path nodeKeys(String node) {
        return KeyGeneration.nodeFile(keys, node);
    }

    private static PartnerKeys read(Path keys, Partner partner) throws IOException {
        Path file = KeyGeneration.partnerFile(keys, partner.name());
        PartnerKeys partnerKeys = PartnerKeys.read(file);
        if (!partnerKeys.address().equals(partner.address())) {
            throw new IOException(
                    String.format(
                            "the key file %s has address %s, the policy says %s",
                            file, partnerKeys.address(), partner.address()));
        }
        return partnerKeys;
    }

    private static void approve(
            RoomContract contract, int index, PartnerKeys keys, RoomConfiguration configuration)
            throws IOException {
        Word digest =
                RoomDigests.approval(
                        contract.location(), RoomDigests.configurationHash(configuration));
        byte[] signature = keys.chain().sign(Bytes32.of(digest.toBytes())).toBytes();
        ApproveOutcome outcome = contract.approve(index, Signature.of(signature));
        if (!contract.hasApproved(index)) {
            throw new IOException("an approval was not taken: " + outcome);
        }
    }
}
