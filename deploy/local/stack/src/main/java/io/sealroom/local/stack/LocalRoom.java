package io.sealroom.local.stack;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.UnavailableException;
import io.sealroom.cli.UsageException;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.cli.chain.SenderKey;
import io.sealroom.cli.room.PartnerActions;
import io.sealroom.cli.room.PolicyRoom;
import io.sealroom.cli.room.RoomCreation;
import io.sealroom.cli.room.RoomFiles;
import io.sealroom.cli.room.Seat;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.schemas.policy.Partner;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.RoomFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A room opened on a chain, by the steps that its parties take with the {@code sealroom} command:
 * factory and ledger deployed, data sets registered, room created, approved and allowed to spend,
 * keys revealed, room file written.
 *
 * @param policy the room's policy
 * @param policyFile where it was read from
 * @param room where it lives
 * @param roomFile the same as a file, for agents and jobs
 * @param keys directory of the key files
 * @param rpcUrl chain endpoint that has it
 */
public record LocalRoom(
        Policy policy, Path policyFile, RoomFile room, Path roomFile, Path keys, String rpcUrl) {

    /**
     * Takes all steps and writes {@code room.json}.
     *
     * @param rpcUrl chain endpoint; every partner has an account there that can pay
     * @param deployerKey private key of a funded account without transactions, hex: the ledger is
     *     its second contract
     * @param policyFile the policy's file
     * @param policy its content; every partner approves for itself
     * @param keys directory with the key and seed file of every partner
     * @param directory where room.json goes
     * @throws IOException if a key file is missing or not the policy's, or the chain does not take
     *     a step
     */
    public static LocalRoom open(
            String rpcUrl,
            String deployerKey,
            Path policyFile,
            Policy policy,
            Path keys,
            Path directory)
            throws IOException {
        try {
            Endpoint endpoint = Endpoint.of(rpcUrl);
            ChainSigner deployer = ChainSigner.fromHex(deployerKey);
            List<Seat> seats = new ArrayList<>();
            for (Partner partner : policy.partners()) {
                seats.add(Seat.of(policy, KeyGeneration.partnerFile(keys, partner.name()), null));
            }
            Account factory = deploy(endpoint, deployer, policy);
            RoomCreation created = RoomCreation.create(endpoint, factory, policy, deployer);
            PolicyRoom room =
                    PolicyRoom.require(
                            endpoint, created.location().contract(), created.block(), policy);
            RoomFile file = open(endpoint, room, seats);
            Path roomFile = directory.resolve("room.json");
            Files.writeString(roomFile, file.toJson(), StandardCharsets.UTF_8);
            return new LocalRoom(policy, policyFile, file, roomFile, keys, rpcUrl);
        } catch (UsageException | RefusedException | UnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Account deploy(Endpoint endpoint, ChainSigner deployer, Policy policy)
            throws IOException {
        try (ChainDeployer contracts = endpoint.deployer(deployer)) {
            Account factory = contracts.deployFactory().contract();
            Account ledger = contracts.deployLedger(factory).contract();
            if (!ledger.hex().equals(policy.ledger().hex())) {
                throw new IOException(
                        String.format(
                                "the ledger is at %s, the policy names %s: the deployer had sent"
                                        + " something before",
                                ledger, policy.ledger()));
            }
            return factory;
        }
    }

    private static RoomFile open(Endpoint endpoint, PolicyRoom room, List<Seat> seats)
            throws IOException {
        List<PartnerActions> partners = new ArrayList<>();
        try {
            for (Seat seat : seats) {
                ChainSigner payer = SenderKey.of(seat.keys());
                partners.add(PartnerActions.connect(endpoint, room, seat, payer));
            }
            for (int i = 0; i < seats.size(); i++) {
                PartnerActions partner = partners.get(i);
                if (seats.get(i).partner().supplies()) {
                    // What the room costs and not more, so that a second one would need another.
                    partner.register(room.chargeOfAnEpoch(i), room.spending(i));
                    partner.allow(room.spending(i));
                }
                partner.approve(
                        partner.sign(partner.approvalDigest())
                                .orElseThrow(
                                        () ->
                                                new IOException(
                                                        "every partner must approve for itself"
                                                                + " here")));
            }
            for (PartnerActions partner : partners) {
                partner.reveal();
            }
            return RoomFiles.collect(endpoint, room).file();
        } finally {
            partners.forEach(PartnerActions::close);
        }
    }

    /** Key file of a partner. */
    public Path partnerKeys(String partner) {
        return KeyGeneration.partnerFile(keys, partner);
    }

    /** OPRF seed file of a partner. */
    public Path partnerSeed(String partner) {
        return KeyGeneration.seedFile(keys, partner);
    }

    /** Key file of a node. */
    public Path nodeKeys(String node) {
        return KeyGeneration.nodeFile(keys, node);
    }
}
