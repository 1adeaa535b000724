package io.sealroom.cli.room;

import io.sealroom.cli.RefusedException;
import io.sealroom.cli.chain.Actions;
import io.sealroom.cli.chain.Endpoint;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.ChainDeployer;
import io.sealroom.contracts.ChainSigner;
import io.sealroom.contracts.LedgerContract;
import io.sealroom.contracts.RefusedConfigurationException;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Policy;
import java.io.IOException;
import java.util.List;

/**
 * A room that was created from a policy.
 *
 * @param location where it is
 * @param block that created it
 * @param configurationHash what partners will approve
 * @param warnings what has to be done before the room can spend, one text a data set
 */
public record RoomCreation(
        RoomLocation location, long block, Word configurationHash, List<String> warnings) {

    public RoomCreation {
        warnings = List.copyOf(warnings);
    }

    /**
     * Creates the policy's room, once the ledger is known to take rooms of the factory.
     *
     * @throws RefusedException if it is not, or the factory does not take the configuration
     * @throws IOException if the endpoint does not answer
     */
    public static RoomCreation create(
            Endpoint endpoint, Account factory, Policy policy, ChainSigner payer)
            throws IOException {
        RoomConfiguration configuration = RoomConfigurations.of(policy);
        try (ChainDeployer deployer = endpoint.deployer(payer);
                LedgerContract ledger =
                        endpoint.ledger(deployer.chainId(), configuration.ledger())) {
            DatasetChecks.requireLedgerOf(ledger, factory);
            List<String> warnings = DatasetChecks.warnings(ledger, policy);
            ChainDeployer.CreatedRoom room = deployer.createRoom(factory, configuration);
            return new RoomCreation(
                    room.location(),
                    room.block(),
                    RoomDigests.configurationHash(configuration),
                    warnings);
        } catch (RefusedConfigurationException e) {
            throw Actions.refused("configuration", e.reason());
        }
    }
}
